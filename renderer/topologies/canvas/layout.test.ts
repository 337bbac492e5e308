import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namedTopology, type Topology } from '../../../engine/model/index.ts';
import { shop } from '../../dev/shop.ts';
import { callsInWords, flowOf } from './flow.ts';
import { layOut, moduleSize, ranksOf, unitAt } from './layout.ts';

const modules = Object.keys(shop.modules);
const cuts = fc.array(fc.nat(8), { minLength: modules.length, maxLength: modules.length }).map((homes): Topology => {
  const names = [...new Set(homes)];
  return {
    name: 'drawn',
    units: names.map((home) => ({
      name: `unit-${home}`,
      modules: modules.filter((_, index) => homes[index] === home),
    })),
  };
});

describe('placing a cut', () => {
  it('never lets boxes or modules overlap, and keeps modules inside their box', () => {
    fc.assert(
      fc.property(cuts, (cut) => {
        const { units } = layOut(shop, cut);
        expect(units.flatMap((unit) => unit.modules.map((module) => module.name)).toSorted()).toEqual(
          modules.toSorted(),
        );
        for (const [index, a] of units.entries()) {
          for (const b of units.slice(index + 1)) {
            expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(
              true,
            );
          }
          for (const module of a.modules) {
            expect(module.x).toBeGreaterThan(0);
            expect(module.x + moduleSize.width).toBeLessThan(a.width);
            expect(module.y + moduleSize.height).toBeLessThan(a.height);
            const centre = { x: a.x + module.x + moduleSize.width / 2, y: a.y + module.y + moduleSize.height / 2 };
            expect(unitAt(units, centre)).toBe(a.name);
          }
        }
      }),
    );
  });

  it('puts callers before what they call, also in a circle', () => {
    const ranks = ranksOf(shop);
    expect(ranks.get(shop.entry)).toBe(0);
    expect(ranks.get('payments')).toBeGreaterThan(ranks.get('orders') ?? 99);
    const circle = structuredClone(shop);
    circle.modules['payments']?.uses.push({ module: 'orders', callsPerRequest: 1, need: 'optional' });
    expect(ranksOf(circle).size).toBe(modules.length);
  });

  it('tells network calls from direct ones', () => {
    const monolith = namedTopology(shop, 'monolith');
    const microservices = namedTopology(shop, 'microservices');
    if (monolith === undefined || microservices === undefined) throw new Error('the shop has lost a cut');
    expect(flowOf(shop, monolith).edges.every((edge) => edge.ariaLabel?.endsWith('directly'))).toBe(true);
    expect(flowOf(shop, microservices).edges.every((edge) => edge.ariaLabel?.endsWith('over the network'))).toBe(true);
    const said = callsInWords(shop, microservices);
    expect(said).toContain('orders calls payments over the network');
    expect(said).toHaveLength(flowOf(shop, microservices).edges.length);
    for (const edge of flowOf(shop, monolith).edges) expect(edge.markerEnd).toBeDefined();
    expect(unitAt(layOut(shop, monolith).units, { x: -5, y: -5 })).toBeNull();
  });
});
