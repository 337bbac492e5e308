import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { applicationSchema, endpointsOf, endpointWeights, type Application } from '../../model/index.ts';
import { journeysOf } from './loads.ts';

const manifest = new URL('../../../sample-apps/shop/application.yaml', import.meta.url);
const shop: Application = applicationSchema.parse(parse(readFileSync(manifest, 'utf8')));

/** The share of arrivals that ask one of these endpoints. */
function shareOf(journeys: Application['journeys'], endpoints: readonly string[]): number {
  const all = Object.values(journeys);
  const weight = (some: typeof all): number => some.reduce((sum, one) => sum + one.weight, 0);
  return weight(all.filter(({ steps }) => steps.some(({ endpoint }) => endpoints.includes(endpoint)))) / weight(all);
}

describe('the loads', () => {
  it('ask a hot module in four of five arrivals, and everything else as the journeys have it among themselves', () => {
    fc.assert(
      fc.property(fc.constantFrom('recommendations', 'orders', 'inventory', 'cart'), (hot) => {
        const skewed = journeysOf('skewed', shop, hot);
        expect(shareOf(skewed, endpointsOf(shop, hot).hot)).toBeCloseTo(0.8, 10);
        expect(applicationSchema.safeParse({ ...shop, journeys: skewed }).success).toBe(true);
        const [before, after] = [journeysOf('even', shop, hot), skewed];
        const cold = Object.keys(before).filter(
          (name) => shareOf({ [name]: before[name]! }, endpointsOf(shop, hot).hot) === 0,
        );
        const ratios = cold.map((name) => (after[name]?.weight ?? 0) / (before[name]?.weight ?? 1));
        for (const ratio of ratios) expect(ratio).toBeCloseTo(ratios[0] ?? NaN, 10);
      }),
    );
  });

  it('are as the application has it where they are even', () => {
    const even = endpointWeights({ ...shop, journeys: journeysOf('even', shop, 'recommendations') });
    for (const [endpoint, weight] of Object.entries(endpointWeights(shop)))
      expect(even[endpoint]).toBeCloseTo(weight, 10);
  });

  it('take for hot what cannot be answered without it, or where nothing needs it that much what uses it', () => {
    expect(endpointsOf(shop, 'recommendations').hot).toEqual(['recommendations']);
    expect(endpointsOf(shop, 'notifications').hot).toEqual(['check-out']);
  });
});
