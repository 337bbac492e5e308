import { describe, expect, it } from 'vitest';
import { hostTopology } from '../kit/testing/index.ts';
import { shopClient } from './testing/client.ts';
import { cuts, modules } from './testing/index.ts';

describe.each(Object.keys(cuts))('%s: without recommendations and stock', (name) => {
  it('pages still answer, and say what is missing', async () => {
    const topology = await hostTopology(modules, { cut: cuts[name as keyof typeof cuts] });
    const shop = shopClient(topology);
    await shop.withFault('recommendations', 'errors', { share: 1 }, async () => {
      expect(await shop.get('/api/home')).toMatchObject({
        status: 200,
        body: { recommended: [], degraded: ['recommendations'] },
      });
      expect((await shop.get('/api/products/p-1/recommendations')).status).toBe(500);
      expect((await fetch(`${topology.url('storefront')}/`)).status).toBe(200);
    });
    await shop.withFault('inventory', 'errors', { share: 1 }, async () => {
      expect(await shop.get('/api/products/p-1')).toMatchObject({
        status: 200,
        body: { available: null, degraded: ['inventory'] },
      });
    });
    expect(await topology.control('storefront', 'GET', '/metrics')).toMatchObject({ policies: { fallbacks: 3 } });
    await topology.close();
  });

  it('with the fallback off they fail', async () => {
    const topology = await hostTopology(modules, {
      cut: cuts[name as keyof typeof cuts],
      settings: { resilience: { fallback: false } },
    });
    const shop = shopClient(topology);
    await shop.withFault('recommendations', 'errors', { share: 1 }, async () => {
      expect((await shop.get('/api/home')).status).toBe(500);
    });
    await topology.close();
  });

  it('a unit with too much to do sheds requests', async () => {
    const topology = await hostTopology(modules, {
      cut: cuts[name as keyof typeof cuts],
      settings: { resilience: { loadShedding: { inFlight: 1 } } },
    });
    const shop = shopClient(topology);
    await shop.withFault('storefront', 'slow', { delayMs: 100 }, async () => {
      const statuses = (await Promise.all([1, 2, 3].map(() => shop.get('/api/home')))).map(({ status }) => status);
      expect(statuses.toSorted()).toEqual([200, 503, 503]);
    });
    expect(await topology.control('storefront', 'GET', '/metrics')).toMatchObject({
      inFlight: 0,
      policies: { shed: 2 },
    });
    await topology.close();
  });
});
