import fc from 'fast-check';
import { expect, it } from 'vitest';
import { callsInCut, type Application, type Topology } from './index.ts';

const names = ['front', 'goods', 'cart', 'orders'];
const application = {
  modules: {
    front: { uses: [{ module: 'goods', callsPerRequest: 1.5, need: 'required' }, { module: 'orders' }] },
    goods: { uses: [] },
    cart: { uses: [{ module: 'goods', need: 'optional' }] },
    orders: { uses: [{ module: 'cart' }] },
  },
} as unknown as Application;
const cuts: fc.Arbitrary<Topology> = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: names.length, maxLength: names.length })
  .map((homes) => ({
    name: 'any',
    units: [...new Set(homes)].map((name) => ({ name, modules: names.filter((_, index) => homes[index] === name) })),
  }));

it('a call crosses exactly where caller and called are in different units, and is there in every cut', () => {
  fc.assert(
    fc.property(cuts, (topology) => {
      const calls = callsInCut(application, topology);
      expect(calls.map(({ from, to }) => `${from} ${to}`)).toEqual([
        'front goods',
        'front orders',
        'cart goods',
        'orders cart',
      ]);
      for (const { from, to, crosses, fromUnit, toUnit } of calls) {
        const together = topology.units.some(({ modules }) => modules.includes(from) && modules.includes(to));
        expect(crosses).toBe(!together);
        expect(topology.units.find(({ name }) => name === fromUnit)?.modules).toContain(from);
        expect(topology.units.find(({ name }) => name === toUnit)?.modules).toContain(to);
      }
    }),
  );
});

it('keeps how often and how badly one is needed', () => {
  const topology = { name: 'one', units: [{ name: 'all', modules: names }] };
  expect(callsInCut(application, topology)[0]).toMatchObject({
    callsPerRequest: 1.5,
    need: 'required',
    fromUnit: 'all',
  });
  expect(callsInCut(application, topology)[2]).toMatchObject({ need: 'optional', crosses: false });
});
