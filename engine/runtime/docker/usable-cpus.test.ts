import { afterEach, expect, it } from 'vitest';
import { REQUIRED_LABELS } from '../labels.ts';
import { assignCpus } from '../shares.ts';
import { fakeEngine, framedLine } from '../testing/fake-engine.ts';
import type { FakeEngine } from '../testing/fake-engine.ts';
import { connect, parseEndpoint } from './endpoint.ts';
import { usableCpus } from './usable-cpus.ts';

let engine: FakeEngine | undefined;
afterEach(() => engine?.close());

const labels = Object.fromEntries(REQUIRED_LABELS.map((label) => [label, 'true']));

/** What is made of an engine whose container writes that. */
async function lookAt(said: string | null) {
  const made = '/containers/one';
  engine = await fakeEngine([], (request) => {
    switch (request) {
      case 'POST /containers/create':
        engine?.things.add(made);
        return { status: 201, body: { Id: 'one' } };
      case 'POST /containers/one/start':
        return { status: 204 };
      case 'POST /containers/one/wait':
        return { status: 200, body: { StatusCode: 0 } };
      case 'GET /containers/one/logs':
        return { status: 200, body: said === null ? Buffer.alloc(0) : framedLine(said) };
      default:
        return undefined;
    }
  });
  const found = await usableCpus(connect(parseEndpoint(engine.address)), { image: 'base', labels });
  // Whatever it said, it is gone.
  expect([...engine.things]).toEqual([]);
  return found;
}

it.each([
  ['0-1', '0-1', [0, 1], { application: [1], generator: [0] }],
  ['0,2,4', '0-7', [0, 2, 4], { application: [4], generator: [0, 2] }],
  ['4-7', '0-7', [4, 5, 6, 7], { application: [7], generator: [4, 5, 6] }],
  ['1,3-4,63', '0-63', [1, 3, 4, 63], { application: [63], generator: [1, 3, 4] }],
  ['5', '0-7', [5], { application: [5], generator: [5] }],
  // A machine with room for more CPUs than it has.
  ['0-31', '0-1', [0, 1], { application: [1], generator: [0] }],
  ['0-7', '0,2-3', [0, 2, 3], { application: [3], generator: [0, 2] }],
  // Where the engine hides which are online, or counts them anew for each container.
  ['0-1', '', [0, 1], { application: [1], generator: [0] }],
  ['4-5', '0-1', [4, 5], { application: [5], generator: [4] }],
])('shares out CPUs that exist and that containers may use: %s, online %s', async (list, online, cpus, shares) => {
  const found = await lookAt(`cpus ${list} online ${online}`);
  expect(found).toEqual(cpus);
  expect(assignCpus(found ?? [], 1)).toEqual(shares);
});

it.each([[null], ['cpus  online 0-1'], ['cpus all online '], ['cpus 0-1-2 online 0-1'], ['Error: no such file']])(
  'knows none where the container says %j',
  async (said) => expect(await lookAt(said)).toBeNull(),
);

it('fails in a sentence, and leaves nothing, where the container cannot be started', async () => {
  engine = await fakeEngine(['/containers/one'], (request) => {
    if (request === 'POST /containers/create') return { status: 201, body: { Id: 'one' } };
    if (request === 'POST /containers/one/start') return { status: 500, body: { message: 'cannot start' } };
    return undefined;
  });
  const looking = usableCpus(connect(parseEndpoint(engine.address)), { image: 'base', labels });
  await expect(looking).rejects.toThrow('Looking which CPUs containers may use: cannot start');
  expect([...engine.things]).toEqual([]);
});
