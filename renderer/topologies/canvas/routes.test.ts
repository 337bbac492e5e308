import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Topology } from '../../../engine/model/index.ts';
import { shop } from '../../dev/shop.ts';
import { layOut, moduleSize } from './layout.ts';
import { lanesOf, pathOf } from './routes.ts';

const modules = Object.keys(shop.modules);
const cuts = fc.array(fc.nat(8), { minLength: modules.length, maxLength: modules.length }).map((homes): Topology => ({
  name: 'drawn',
  units: [...new Set(homes)].map((home) => ({
    name: `unit-${home}`,
    modules: modules.filter((_, index) => homes[index] === home),
  })),
}));

describe('the lines of calls', () => {
  it('run behind no box that they do not meet, in whatever cut', () => {
    fc.assert(
      fc.property(cuts, (cut) => {
        const cutPlaced = layOut(shop, cut);
        const placed = cutPlaced.units;
        const homeOf = (module: string) => placed.find((unit) => unit.modules.some(({ name }) => name === module));
        for (const [caller, { uses }] of Object.entries(shop.modules))
          for (const { module } of uses) {
            const [from, to] = [homeOf(caller), homeOf(module)];
            if (from === undefined || to === undefined || from === to) continue;
            const [source, target] = [
              from.modules.find(({ name }) => name === caller),
              to.modules.find(({ name }) => name === module),
            ];
            if (source === undefined || target === undefined) throw new Error('a module has no place');
            const start = { x: from.x + source.x + moduleSize.width, y: from.y + source.y + moduleSize.height / 2 };
            const end = { x: to.x + target.x, y: to.y + target.y + moduleSize.height / 2 };
            const lanes = lanesOf(cutPlaced, from, to, start, end);
            expect(pathOf(lanes)).not.toMatch(/NaN|undefined/);
            expect([lanes[0]?.x0, lanes[0]?.y, lanes.at(-1)?.x1, lanes.at(-1)?.y]).toEqual([
              start.x,
              start.y,
              end.x,
              end.y,
            ]);
            for (const { x0, x1, y } of lanes)
              for (const box of placed.filter((unit) => unit !== from && unit !== to)) {
                const besides = Math.max(x0, x1) <= box.x || Math.min(x0, x1) >= box.x + box.width;
                expect(besides || y < box.y || y > box.y + box.height).toBe(true);
              }
          }
      }),
    );
  });
});
