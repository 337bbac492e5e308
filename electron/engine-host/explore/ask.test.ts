import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeLaboratory } from '../../../engine/deploy/testing/index.ts';
import { appSettingsSchema, namedTopology } from '../../../engine/model/index.ts';
import { openExplorer } from './explorer.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cleave-ask-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Asked {
  type: string;
  method?: string;
  url?: string;
  headers?: Record<string, string>;
  body?: string | null;
}

/** The shop in one cut, and what its agent was asked of the modules. */
async function shop(cut: string) {
  const asked: Asked[] = [];
  const applicationsDirectory = path.resolve(import.meta.dirname, '../../../sample-apps');
  const laboratory = await fakeLaboratory({
    ...{ folder, places: { applicationsDirectory }, application: 'shop', kind: 'process' },
    onCommand: (command) => {
      const one = command as Asked;
      if (one.type === 'request' && one.method === 'POST') asked.push(one);
    },
  });
  const explorer = openExplorer(() => undefined);
  const topology = namedTopology(laboratory.application, cut);
  if (topology === undefined) throw new Error('the shop has no such cut');
  const start = () => explorer.start('shop', topology, laboratory, appSettingsSchema.parse({}));
  return { explorer, asked, start };
}

const product = { module: 'catalog', operation: 'product', example: 8, times: 1 };
const checkOut = { module: 'orders', operation: 'checkOut', example: 1, times: 1 };

describe('a module of a deployed cut', () => {
  it('is asked at its unit, through the agent, as its example says, and the answer says by whom and how long it took', async () => {
    const { explorer, asked, start } = await shop('macroservices');
    await start();
    const before = asked.length;
    const answer = await explorer.ask({ ...product, times: 3 });
    expect(answer).toMatchObject({ unit: 'goods', status: 200, request: '{"id":"p-1"}', key: null, isCut: false });
    expect([answer.topology.name, answer.runtime, answer.tookMs.length]).toEqual(['macroservices', 'process', 3]);
    const mine = asked.slice(before).filter(({ url }) => url?.endsWith('/catalog/product') === true);
    expect(mine.map(({ body }) => body)).toEqual(Array.from({ length: 3 }, () => '{"id":"p-1"}'));
    await explorer.stop();
  });

  it('is asked with its key, after what makes ready, each at the unit that has it', async () => {
    const { explorer, asked, start } = await shop('microservices');
    await start();
    const { key, unit } = await explorer.ask(checkOut);
    const urls = asked.flatMap(({ url = '' }) => (/(add|checkOut)$/.test(url) ? [url] : []));
    expect(urls.map((url) => new URL(url).pathname)).toEqual(['/cart/add', '/orders/checkOut']);
    expect(new Set(urls.map((url) => new URL(url).host)).size).toBe(2);
    expect(unit).toBe('orders');
    expect(key).toMatch(/^key-/);
    expect(asked.find(({ url }) => url?.endsWith('checkOut') === true)?.headers?.['idempotency-key']).toBe(key);
    await explorer.stop();
  });

  it('is not asked what it has no example of, and a sentence says so', async () => {
    const { explorer, start } = await shop('monolith');
    await start();
    await expect(explorer.ask({ ...product, module: 'constructor' })).rejects.toThrow(
      /^Unknown module "constructor"; allowed: storefront, catalog,/,
    );
    for (const wrong of [{ example: 199 }, { operation: 'search' }, { module: 'orders', operation: 'add', example: 0 }])
      await expect(explorer.ask({ ...product, ...wrong })).rejects.toThrow('has no such example any more.');
    await expect(explorer.ask({ ...product, module: 'storefront' })).rejects.toThrow('has no examples');
    await explorer.stop();
  });

  it('is asked once at a time, not timed while something is broken, and not at all where nothing runs', async () => {
    const { explorer, start } = await shop('monolith');
    await expect(explorer.ask(product)).rejects.toThrow('No cut runs, so there is nobody to ask.');
    await start();
    const first = explorer.ask(product);
    await expect(explorer.ask(product)).rejects.toThrow('A question is under way.');
    await first;
    await explorer.inject({ kind: 'slow', module: 'catalog', delayMs: 100 });
    await expect(explorer.ask({ ...product, times: 2 })).rejects.toThrow(/Something is broken/);
    expect((await explorer.ask(product)).status).toBe(200);
    await explorer.stop();
    await expect(explorer.ask(product)).rejects.toThrow('No cut runs');
  });
});
