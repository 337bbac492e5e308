import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { applicationSchema, namedTopology, type Topology } from '../model/index.ts';
import { layersOf, leftBehind } from './halves.ts';

const manifest = new URL('../../sample-apps/shop/application.yaml', import.meta.url);
const application = applicationSchema.parse(parse(readFileSync(manifest, 'utf8')));
const cut = (name: string): Topology => namedTopology(application, name)!;
const layers = (name: string, changedUnits: string[], altered: string[]): string[][] =>
  layersOf(application, cut(name), { changedUnits, altered });

describe('layersOf', () => {
  it('are who answers and who asks', () => {
    expect(layers('microservices', ['storefront', 'catalog', 'cart'], ['catalog'])).toEqual([
      ['catalog'],
      ['storefront', 'cart'],
    ]);
    expect(layers('macroservices', ['front', 'goods'], ['catalog'])).toEqual([['goods'], ['front']]);
  });

  it('are more where one whose contract changes calls another such', () => {
    expect(layers('microservices', ['storefront', 'payments', 'orders'], ['orders', 'payments'])).toEqual([
      ['payments'],
      ['orders'],
      ['storefront'],
    ]);
  });

  it('are one where nobody calls what changes from outside, and none where nothing changes', () => {
    expect(layers('monolith', ['shop'], ['catalog'])).toEqual([['shop']]);
    expect(layers('microservices', ['cart', 'payments'], [])).toEqual([['cart', 'payments']]);
    expect(layers('microservices', [], [])).toEqual([]);
  });

  it('have units in different ones that call each other in a circle', () => {
    const circle = applicationSchema.parse({
      ...application,
      modules: {
        ...application.modules,
        catalog: { ...application.modules['catalog'], uses: [{ module: 'cart' }] },
      },
    });
    const found = layersOf(circle, cut('microservices'), {
      changedUnits: ['catalog', 'cart'],
      altered: ['catalog', 'cart'],
    });
    expect(found.map(({ length }) => length)).toEqual([1, 1]);
  });

  it('hold every changed unit once, and in a layer after those it calls', () => {
    const modules = Object.keys(application.modules);
    const places = fc.array(fc.nat(4), { minLength: modules.length, maxLength: modules.length });
    fc.assert(
      fc.property(places, fc.subarray(modules), (where, altered) => {
        const units = [...new Set(where)].map((place) => ({
          name: `unit-${place}`,
          modules: modules.filter((_, index) => where[index] === place),
        }));
        const changedUnits = units.map(({ name }) => name);
        const found = layersOf(application, { name: 'any', units }, { changedUnits, altered });
        expect(found.flat().toSorted()).toEqual(changedUnits.toSorted());
        for (const layer of found) expect(layer.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('leftBehind', () => {
  const behind = (name: string, changedUnits: string[], altered: string[]): string[] =>
    leftBehind(application, cut(name), { changedUnits, altered });

  it('is who asks for what changes and has no other program by it', () => {
    expect(behind('microservices', ['catalog'], ['catalog'])).toEqual(['storefront', 'cart']);
    expect(behind('microservices', ['storefront', 'catalog'], ['catalog'])).toEqual(['cart']);
    expect(behind('macroservices', ['goods'], ['catalog'])).toEqual(['front']);
  });

  it('is nobody where all have it, where nothing changes, and where what changes is of no unit that was released', () => {
    expect(behind('microservices', ['storefront', 'catalog', 'cart'], ['catalog'])).toEqual([]);
    expect(behind('monolith', ['shop'], ['catalog'])).toEqual([]);
    expect(behind('microservices', ['catalog'], [])).toEqual([]);
    expect(behind('microservices', ['payments'], ['catalog'])).toEqual([]);
  });
});
