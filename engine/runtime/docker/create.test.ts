import { afterEach, expect, it } from 'vitest';
import { ownedLabels } from '../labels.ts';
import { fakeEngine, type FakeEngine } from '../testing/fake-engine.ts';
import { createContainer } from './create.ts';
import { connect, parseEndpoint } from './endpoint.ts';

let engine: FakeEngine | undefined;
afterEach(() => engine?.close());

/** Creates a container on an engine that makes it and answers so. */
async function created(answer: { status: number; body: unknown } | 'cut'): Promise<unknown> {
  engine = await fakeEngine([], (request) => {
    if (request !== 'POST /containers/create') return undefined;
    engine?.things.add('/containers/cleave-1-cart-1');
    return answer;
  });
  const labels = ownedLabels(
    { owner: { pid: 1, started: 'then', boot: 'b', space: 's', machine: 'm' }, lease: 'l' },
    { session: 's', run: 'r' },
  );
  const wish = {
    ...{ name: 'cleave-1-cart-1', image: 'cart', language: 'typescript' as const, environment: {}, labels },
    ...{ memoryBytes: 2 ** 27, cpus: null, pids: 256, heals: true, publishedPort: null, interactive: false },
    ...{ network: { name: 'cleave-1-inside', aliases: ['cart'] }, dataVolume: null },
  };
  return createContainer(connect(parseEndpoint(engine.address)), wish, undefined);
}

it('leaves nothing where the engine has made it and the answer is lost', async () => {
  await expect(created('cut')).rejects.toThrow(/creating the container "cleave-1-cart-1"/);
  expect(engine?.things).toEqual(new Set());
});

it('asks for nothing to be removed where the engine has refused', async () => {
  await expect(created({ status: 409, body: { message: 'the name is in use' } })).rejects.toThrow(/the name is in use/);
  expect(engine?.requests).toEqual(['POST /containers/create']);
});
