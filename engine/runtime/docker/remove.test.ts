import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { fakeEngine } from '../testing/fake-engine.ts';
import type { FakeEngine, Script } from '../testing/fake-engine.ts';
import { LIMIT_MS } from './call.ts';
import { connect, parseEndpoint } from './endpoint.ts';
import { removeContainer, removeLabelled, removeOrTell } from './remove.ts';
import type { Owned } from './remove.ts';

let engine: FakeEngine | undefined;
afterEach(() => engine?.close());

async function engineWith(names: readonly string[], script?: Script) {
  engine = await fakeEngine(names, script);
  return { ...engine, docker: connect(parseEndpoint(engine.address)) };
}

/** Says `status` to the first `times` wishes to remove that thing. */
function refusing(thing: string, status: number, times: number): Script {
  let left = times;
  return (request) => {
    if (request !== `DELETE ${thing}` || left === 0) return undefined;
    left -= 1;
    return { status, body: { message: 'removal is already in progress' } };
  };
}

const owned = (kind: Owned['kind'], id: string): Owned => ({ kind, id, title: id, labels: {}, createdMs: null });

describe('a removal', () => {
  it.each([
    ['container', 409],
    ['container', 500],
    ['network', 403],
    ['network', 409],
    ['volume', 409],
  ] as const)('of a %s that the engine answers with %i is tried until it is gone', async (kind, status) => {
    const thing = `/${kind}s/one`;
    // Longer than the three looks in a row, 64 ms, that were once all.
    const { docker, things, requests } = await engineWith([thing], refusing(thing, status, 4));
    expect((await removeOrTell(docker, [owned(kind, 'one')])).size).toBe(0);
    expect([...things]).toEqual([]);
    expect(requests.filter((request) => request === `DELETE ${thing}`)).toHaveLength(5);
  });

  it.each(['container', 'network', 'volume'] as const)(
    'of a %s is not believed while the engine lists it, whatever it answered',
    async (kind) => {
      const thing = `/${kind}s/one`;
      const { docker, requests } = await engineWith([thing], refusing(thing, 204, Infinity));
      const left = await removeOrTell(docker, [owned(kind, 'one')], 200);
      expect([...left.values()]).toEqual([`Removing the ${kind} one: the engine still lists it`]);
      expect(requests.filter((request) => request === `DELETE ${thing}`).length).toBeGreaterThan(1);
    },
  );

  it('that somebody else finishes is done', async () => {
    const { docker, things } = await engineWith(['/containers/one'], (request) => {
      if (request !== 'DELETE /containers/one') return undefined;
      things.delete('/containers/one');
      return { status: 409, body: { message: 'removal is already in progress' } };
    });
    await removeContainer(docker, { id: 'one' }, 'one');
  });

  it('of what is gone already is done', async () => {
    const { docker } = await engineWith([]);
    await removeContainer(docker, { id: 'one' }, 'one');
  });

  it('names everything that would not go, with the reason, and nothing else', async () => {
    const script: Script = (request) => {
      if (request === 'DELETE /containers/two') return { status: 409, body: { message: 'it is busy' } };
      if (request === 'DELETE /volumes/three') return { status: 409, body: { message: 'it is in use' } };
      return undefined;
    };
    const { docker } = await engineWith(
      ['/containers/one', '/containers/two', '/networks/n', '/volumes/three'],
      script,
    );
    await expect(removeLabelled(docker, ['cleave.managed=true'], 100)).rejects.toMatchObject({
      message: 'Removing the container two: it is busy; Removing the volume three: it is in use',
      nextStep: expect.stringContaining('cleave clean') as unknown,
    });
  });

  it('of things that belong together gives their names, and looks again for what appears late', async () => {
    let late = false;
    const { docker, things } = await engineWith(['/containers/one', '/networks/n'], (request) => {
      if (request === 'DELETE /networks/n' && !late) {
        late = true;
        things.add('/volumes/late');
      }
      return undefined;
    });
    expect(await removeLabelled(docker, ['cleave.managed=true'])).toEqual(['one', 'n', 'late']);
    expect([...things]).toEqual([]);
  });

  it.each([
    ['DELETE /containers/one', 'cut'],
    ['GET /containers/json', 'cut'],
    ['GET /containers/json', { status: 500, body: { message: 'not now' } }],
    ['GET /networks', 'cut'],
  ] as const)('goes on after one call that came to nothing: %s', async (call, answer) => {
    let failed = false;
    const { docker, things } = await engineWith(['/containers/one', '/networks/n'], (request) => {
      if (request !== call || failed) return undefined;
      failed = true;
      return answer;
    });
    await removeLabelled(docker, ['cleave.managed=true']);
    expect([...things]).toEqual([]);
    expect(failed).toBe(true);
  });

  it('is not asked for again where an answer does not come', async () => {
    const { docker, requests } = await engineWith(['/containers/one', '/volumes/two'], (request) =>
      request === 'DELETE /containers/one' ? 'hang' : undefined,
    );
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const left = removeOrTell(docker, [owned('container', 'one'), owned('volume', 'two')]);
    while (!requests.includes('DELETE /containers/one')) await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(LIMIT_MS.change);
    expect([...(await left).values()]).toEqual([expect.stringMatching(/^There was no answer within 20 s: /)]);
    expect(requests.filter((request) => request === 'DELETE /containers/one')).toHaveLength(1);
  });

  it('fails at once when the engine is not there', async () => {
    const { docker, close } = await engineWith(['/containers/one']);
    close();
    await expect(removeContainer(docker, { id: 'one' }, 'one')).rejects.toMatchObject({ kind: 'no-engine' });
  });
});
