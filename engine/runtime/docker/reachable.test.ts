import { afterEach, expect, it } from 'vitest';
import { inFull } from '../errors.ts';
import { REQUIRED_LABELS } from '../labels.ts';
import { fakeEngine, framedLine } from '../testing/fake-engine.ts';
import type { FakeEngine } from '../testing/fake-engine.ts';
import { connect, parseEndpoint } from './endpoint.ts';
import { assertReachable } from './reachable.ts';

let engine: FakeEngine | undefined;
afterEach(() => engine?.close());

const labels = Object.fromEntries(REQUIRED_LABELS.map((label) => [label, 'true']));

/** Looks on an engine whose second container writes that. */
async function lookAt(said: string | null, kind: 'docker' | 'podman' = 'docker'): Promise<void> {
  let made = 0;
  engine = await fakeEngine([], (request) => {
    if (request === 'POST /containers/create') {
      made += 1;
      engine?.things.add(`/containers/c${made}`);
      return { status: 201, body: { Id: `c${made}` } };
    }
    if (request.endsWith('/start')) return { status: 204 };
    if (request === 'POST /containers/c2/wait') return { status: 200, body: { StatusCode: 137 } };
    if (request === 'GET /containers/c2/logs')
      return { status: 200, body: said === null ? Buffer.alloc(0) : framedLine(said) };
    return undefined;
  });
  const docker = connect(parseEndpoint(engine.address));
  await assertReachable(docker, { kind, network: 'cleave-0-inside', labels, image: 'base' });
}

const nothingLeft = (): void => expect([...(engine?.things ?? ['?'])]).toEqual([]);

it.each([['heard answer'], [null], ['node: bad option']])('goes on where the container says %j', async (said) => {
  await lookAt(said);
  nothingLeft();
});

it.each([
  ['docker', 'ETIMEDOUT', /most likely a firewall drops/, /bridge-nf-call-iptables=0/],
  ['podman', 'ETIMEDOUT', /most likely the rules of a Docker beside Podman drop/, /, or use Docker\.$/],
  ['podman', 'EHOSTUNREACH', /most likely the rules of a Docker beside Podman drop/, /FORWARD ACCEPT/],
  ['docker', 'EAI_AGAIN', /their names are not found \(EAI_AGAIN\)/, /^Restart the container engine/],
  ['podman', 'ENOTFOUND', /their names are not found \(ENOTFOUND\)/, /aardvark-dns/],
] as const)('names the likely cause and what to do: %s, %s', async (kind, code, why, nextStep) => {
  const looking = lookAt(`heard ${code}`, kind);
  await expect(looking).rejects.toMatchObject({ kind: 'engine', nextStep: expect.stringMatching(nextStep) as unknown });
  const said = await looking.catch(inFull);
  expect(said).toMatch(why);
  expect(said).toMatch(/^Containers of one network cannot reach each other on this engine[^\n]+\.$/);
  nothingLeft();
});
