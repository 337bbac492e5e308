import { afterEach, describe, expect, it } from 'vitest';
import { spawnTopology, type SpawnedTopology } from '../../sample-apps/kit/testing/index.ts';
import { anomalies, shopClient } from '../../sample-apps/shop/testing/client.ts';
import { cuts, kitSource, sources } from '../../sample-apps/shop/testing/index.ts';

const open: SpawnedTopology[] = [];
afterEach(() => Promise.all(open.splice(0).map((topology) => topology.close())));

async function start(cut: keyof typeof cuts, settings: object = {}): Promise<SpawnedTopology> {
  const topology = await spawnTopology({ cut: cuts[cut], kit: kitSource, sources, settings });
  open.push(topology);
  return topology;
}

const inEachCart = 2;

/** Buys from several sides until `until` settles; what became of each order key. */
async function buyMeanwhile(
  topology: SpawnedTopology,
  until: Promise<unknown>,
): Promise<{ acknowledged: string[]; attempted: number; filled: string[] }> {
  const shop = shopClient(topology);
  const acknowledged: string[] = [];
  /** Orders whose cart was filled for certain. */
  const filled: string[] = [];
  const started = Date.now();
  let attempted = 0;
  const state = { ended: false };
  const end = until.finally(() => {
    state.ended = true;
  });
  await Promise.all([
    end,
    ...Array.from({ length: 4 }, async () => {
      while (!state.ended) {
        const key = `order-${started}-${attempted++}`;
        const added = await shop.add(`cart-${key}`, 'p-1', inEachCart).catch(() => undefined);
        if (added?.status === 200) filled.push(key);
        const answer = await shop.checkOut(key, `cart-${key}`).catch(() => undefined);
        if (answer?.status === 201) acknowledged.push(key);
        else await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }),
  ]);
  return { acknowledged, attempted, filled };
}

async function crash(topology: SpawnedTopology, module: string): Promise<number | null> {
  const exit = topology.exited(module);
  await topology.control(module, 'POST', '/faults', {
    id: 'crash',
    module,
    kind: 'crash',
    parameters: {},
    limitMs: 10_000,
  });
  return exit;
}

const slowProvider = { tunables: { 'provider-latency': 60 } };
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.each([
  ['monolith', ['payments', 'orders', 'inventory']],
  ['macroservices', ['orders', 'inventory', 'payments']],
] as const)('%s: one module after the other crashes', (cut, modules) => {
  it('no acknowledged order is lost, none is doubled, the books add up, and what was bought and nothing else has left its cart', async () => {
    const topology = await start(cut, slowProvider);
    const { acknowledged, attempted, filled } = await buyMeanwhile(
      topology,
      (async () => {
        for (const module of modules) {
          await pause(400);
          expect(await crash(topology, module)).toBe(1);
          await topology.restart(module);
        }
        await pause(300);
      })(),
    );
    const books = await shopClient(topology).books();
    expect(anomalies(books)).toEqual([]);
    const confirmed = new Set(books.orders.orders.filter(({ status }) => status === 'confirmed').map(({ key }) => key));
    expect(acknowledged.filter((key) => !confirmed.has(key))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(3);
    for (const key of filled) {
      const { body } = await shopClient(topology).get(`/api/carts/cart-${key}`);
      const left = (body['lines'] as { quantity: number }[]).map(({ quantity }) => quantity);
      expect([key, left]).toEqual([key, confirmed.has(key) ? [] : [inEachCart]]);
    }
    expect(attempted).toBeGreaterThan(acknowledged.length);
  });
});

describe('a check-out that acknowledges before it commits', () => {
  it.each(['monolith', 'macroservices'] as const)('loses acknowledged orders in a crash: %s', async (cut) => {
    const topology = await start(cut, { ...slowProvider, consistency: 'acknowledge-before-commit' });
    // The crash must fall between an acknowledgement and its commit: on a busy machine not every one does.
    const lostInACrash = async (): Promise<boolean> => {
      const { acknowledged } = await buyMeanwhile(
        topology,
        pause(500).then(async () => {
          await crash(topology, 'orders');
          await topology.restart('orders');
        }),
      );
      const books = await shopClient(topology).books();
      const confirmed = new Set(
        books.orders.orders.filter(({ status }) => status === 'confirmed').map(({ key }) => key),
      );
      return acknowledged.some((key) => !confirmed.has(key));
    };
    let lost = false;
    for (let left = 6; left > 0 && !lost; left -= 1) lost = await lostInACrash();
    expect(lost).toBe(true);
  });
});

describe('the process of a unit', () => {
  it('is ended by memory that has no end, at the limit given', async () => {
    const topology = await start('macroservices');
    const exit = topology.exited('recommendations');
    const parameters = { limitBytes: 256 * 1024 * 1024 };
    await topology.control('recommendations', 'POST', '/faults', {
      id: 'oom',
      module: 'recommendations',
      kind: 'out-of-memory',
      parameters,
      limitMs: 60_000,
    });
    expect(await exit).toBeNull();
    await topology.restart('recommendations');
    expect((await shopClient(topology).get('/api/products/p-1/recommendations')).status).toBe(200);
  });

  it('ends at once and well on SIGTERM', async () => {
    const topology = await start('monolith');
    const exit = topology.exited('storefront');
    process.kill(topology.pid('storefront'), 'SIGTERM');
    expect(await exit).toBe(0);
  });
});
