import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languages, topologyProblems, topologySchema, type Topology } from '../../../engine/model/index.ts';
import { shop } from '../../dev/shop.ts';
import { applyEdit, unitNameProblem, type Edit } from './edit.ts';
import { edit, redo, startDrawing, undo } from './history.ts';

const modules = Object.keys(shop.modules);
const monolith: Topology = { name: 'drawn', units: [{ name: 'whole', modules }] };
const unitNames = fc.constantFrom('whole', ...modules, 'a', 'b', 'Not A Name', '');
const module = fc.constantFrom(...modules, 'unknown');
const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('move' as const), module, unit: unitNames }),
  fc.record({ kind: fc.constant('split' as const), module }),
  fc.record({ kind: fc.constant('scatter' as const), unit: unitNames }),
  fc.record({ kind: fc.constant('merge' as const), from: unitNames, into: unitNames }),
  fc.record({ kind: fc.constant('rename' as const), unit: unitNames, name: unitNames }),
  fc.record({
    kind: fc.constant('instances' as const),
    unit: unitNames,
    instances: fc.oneof(fc.integer({ min: -1, max: 70 }), fc.constantFrom(1, 2, 3), fc.double()),
  }),
  fc.record({
    kind: fc.constant('language' as const),
    module: fc.constant('recommendations'),
    language: fc.constantFrom(...languages),
  }),
);

describe('editing a cut', () => {
  it('stays a partition whatever is done', () => {
    fc.assert(
      fc.property(fc.array(edits, { maxLength: 40 }), (changes) => {
        const cut = changes.reduce((before, change) => applyEdit(before, change), monolith);
        expect(topologyProblems(cut, shop)).toEqual([]);
        expect(topologySchema.safeParse(cut).success).toBe(true);
      }),
    );
  });

  it('undoes to the beginning and redoes to the end', () => {
    fc.assert(
      fc.property(fc.array(edits, { maxLength: 30 }), (changes) => {
        const drawn = changes.reduce((before, change) => edit(before, change), startDrawing(monolith));
        let back = drawn;
        while (back.past.length > 0) back = undo(back);
        expect(back.now).toEqual(monolith);
        let forth = back;
        while (forth.future.length > 0) forth = redo(forth);
        expect(forth).toEqual(drawn);
      }),
    );
  });

  it('splits a module out, merges it back and says what a name must be', () => {
    const first = modules[1] ?? '';
    const cut = applyEdit(monolith, { kind: 'split', module: first });
    expect(cut.units.map((unit) => unit.name)).toEqual(['whole', first]);
    const merged = applyEdit(cut, { kind: 'merge', from: first, into: 'whole' });
    expect(merged.units).toHaveLength(1);
    expect(new Set(merged.units[0]?.modules)).toEqual(new Set(modules));
    expect(unitNameProblem(cut, 'whole', first)).toContain('already named');
    expect(unitNameProblem(cut, 'whole', 'No Good')).toContain('lower-case');
    expect(unitNameProblem(cut, 'whole', 'fine')).toBeNull();
  });

  it('sets how many instances a unit has, whatever comes into it', () => {
    const cut: Topology = {
      name: 'drawn',
      units: [
        { name: 'pages', modules: ['storefront', 'catalog'] },
        { name: 'rest', modules: modules.filter((one) => one !== 'storefront' && one !== 'catalog') },
      ],
    };
    const doubled = applyEdit(cut, { kind: 'instances', unit: 'pages', instances: 2 });
    expect(doubled.units.map(({ instances }) => instances)).toEqual([2, undefined]);
    // Whether they can share their store is known where the cut is deployed.
    expect(applyEdit(cut, { kind: 'instances', unit: 'rest', instances: 2 }).units[1]?.instances).toBe(2);
    expect(applyEdit(cut, { kind: 'instances', unit: 'pages', instances: 9 })).toBe(cut);
    // As if there never had been several.
    expect(applyEdit(doubled, { kind: 'instances', unit: 'pages', instances: 1 })).toEqual(cut);
    const reads = applyEdit(doubled, { kind: 'move', module: 'search', unit: 'pages' });
    expect(reads.units[0]).toMatchObject({ modules: ['storefront', 'catalog', 'search'], instances: 2 });
    const writes = applyEdit(doubled, { kind: 'move', module: 'orders', unit: 'pages' });
    expect(writes.units[0]).toMatchObject({ modules: ['storefront', 'catalog', 'orders'], instances: 2 });
    const split = applyEdit(doubled, { kind: 'split', module: 'catalog' });
    expect(split.units.map(({ name, instances }) => [name, instances])).toEqual([
      ['pages', 2],
      ['catalog', undefined],
      ['rest', undefined],
    ]);
    expect(applyEdit(doubled, { kind: 'rename', unit: 'pages', name: 'front' }).units[0]?.instances).toBe(2);
  });

  it('gives a module that is alone in its unit another language, which it loses with the unit', () => {
    const go = { kind: 'language', module: 'recommendations', language: 'go' } as const;
    expect(applyEdit(monolith, go)).toBe(monolith);
    const split = applyEdit(monolith, { kind: 'split', module: 'recommendations' });
    const written = applyEdit(split, go);
    expect(written.units[1]).toEqual({ name: 'recommendations', modules: ['recommendations'], language: 'go' });
    expect(applyEdit(written, go)).toBe(written);
    expect(applyEdit(written, { ...go, language: 'typescript' })).toEqual(split);
    const twice = applyEdit(written, { kind: 'instances', unit: 'recommendations', instances: 2 });
    expect(twice.units[1]).toMatchObject({ instances: 2, language: 'go' });
    expect(applyEdit(twice, { kind: 'rename', unit: 'recommendations', name: 'other' }).units[1]?.language).toBe('go');
    // Whoever comes in shares its process.
    for (const change of [
      { kind: 'move', module: 'cart', unit: 'recommendations' },
      { kind: 'merge', from: 'whole', into: 'recommendations' },
      { kind: 'merge', from: 'recommendations', into: 'whole' },
      { kind: 'move', module: 'recommendations', unit: 'whole' },
    ] as const)
      expect(applyEdit(written, change).units.map(({ language }) => language)).not.toContain('go');
  });

  it('forgets what was undone once something else is done', () => {
    const split = edit(startDrawing(monolith), { kind: 'split', module: modules[0] ?? '' });
    const other = edit(undo(split), { kind: 'split', module: modules[1] ?? '' });
    expect(redo(other)).toBe(other);
  });
});
