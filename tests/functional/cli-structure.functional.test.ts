import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runHere } from '../support/cli/run-here.ts';
import { makeHome } from '../support/cli/run.ts';

const part = z.object({
  name: z.string(),
  modules: z.array(z.string()),
  lines: z.number().int().positive(),
  operations: z.number().int(),
  program: z
    .object({ bundleBytes: z.number(), dependencyBytes: z.number().positive(), packages: z.array(z.string()).min(1) })
    .nullable(),
  consumers: z.array(z.string()),
  providers: z.array(z.string()),
  instability: z.number().min(0).max(1).nullable(),
  usage: z.null(),
  callsIn: z.number(),
  callsOut: z.number(),
});
const answer = z.object({
  cuts: z.array(
    z.object({
      cut: z.string(),
      units: z.array(part),
      modules: z.array(part),
      changes: z.array(z.object({ change: z.string(), modules: z.array(z.string()), units: z.array(z.string()) })),
      changesReason: z.null(),
      summary: z.object({ changes: z.number(), within: z.number(), meanUnits: z.number() }),
      associations: z.array(z.object({ of: z.string(), n: z.number(), says: z.string() })).length(2),
    }),
  ),
});
type Cut = z.infer<typeof answer>['cuts'][number];

const home = makeHome();
afterAll(() => home.remove());

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

describe('the structure of the shop', () => {
  let cuts: Cut[];
  const cut = (name: string): Cut => {
    const found = cuts.find((one) => one.cut === name);
    if (found === undefined) throw new Error(`no cut ${name}`);
    return found;
  };
  beforeAll(async () => {
    const { code, stdout, stderr } = await runHere(home, ['structure', '--json']);
    expect([code, stderr]).toEqual([0, '']);
    ({ cuts } = answer.parse(JSON.parse(stdout)));
  });

  it('has the same modules in every cut, whose lines and operations add up by unit', () => {
    expect(cuts.map(({ cut: name }) => name)).toEqual(['monolith', 'macroservices', 'microservices']);
    for (const { units, modules } of cuts) {
      expect(modules).toHaveLength(8);
      expect(modules.map(({ lines }) => lines)).toEqual(cuts[0]?.modules.map(({ lines }) => lines));
      for (const of of ['lines', 'operations'] as const)
        expect(sum(units.map((unit) => unit[of]))).toBe(sum(modules.map((module) => module[of])));
      for (const { program } of units)
        expect(program?.bundleBytes).toBeGreaterThan(program?.dependencyBytes ?? Infinity);
    }
  });

  it('reads the operations of contracts: those of the catalog are the four that it has', () => {
    const operations = Object.fromEntries(cut('microservices').modules.map(({ name, operations: of }) => [name, of]));
    expect(operations['catalog']).toBe(4);
    // People use its routes, which are no contract.
    expect(operations['storefront']).toBe(0);
  });

  it('has no coupling in a monolith, and more of it and more bytes the finer the cut', () => {
    const [mono, macro, micro] = ['monolith', 'macroservices', 'microservices'].map(cut);
    expect(mono?.units).toMatchObject([{ consumers: [], providers: [], instability: null, callsIn: 0, callsOut: 0 }]);
    const calls = (one: Cut | undefined) => sum((one?.units ?? []).map(({ callsIn }) => callsIn));
    expect(calls(macro)).toBeGreaterThan(0);
    expect(calls(micro)).toBeGreaterThan(calls(macro));
    const bytes = (one: Cut | undefined) => sum((one?.units ?? []).map(({ program }) => program?.dependencyBytes ?? 0));
    expect(bytes(macro)).toBeGreaterThan(bytes(mono));
    expect(bytes(micro)).toBeGreaterThan(bytes(macro));
    // The entry leans on others and nobody on it.
    const storefront = micro?.units.find(({ name }) => name === 'storefront');
    expect([storefront?.consumers, storefront?.instability]).toEqual([[], 1]);
    expect(micro?.units.find(({ name }) => name === 'catalog')).toMatchObject({
      ...{ consumers: ['storefront', 'cart'], providers: [], instability: 0 },
    });
  });

  it('says which units changes get into: the one there is, or at least those whose modules they edit', () => {
    for (const { units, changes, summary } of cuts) {
      expect(summary.changes).toBe(changes.length);
      expect(changes.length).toBeGreaterThan(10);
      for (const change of changes) {
        const edited = units.filter(({ modules }) => modules.some((module) => change.modules.includes(module)));
        expect(change.units).toEqual(expect.arrayContaining(edited.map(({ name }) => name)));
      }
      expect(summary.meanUnits).toBeCloseTo(sum(changes.map((change) => change.units.length)) / changes.length, 9);
    }
    expect(cut('monolith').summary).toMatchObject({ meanUnits: 1, within: cut('monolith').changes.length });
    expect(cut('microservices').summary.meanUnits).toBeGreaterThan(1);
    // Where every change rebuilds the one unit there is, nothing can be foretold.
    expect(cut('monolith').associations.map(({ says }) => says)).toEqual(['constant', 'constant']);
  });
});

it('tells both tables in a terminal of 80 columns, of one cut of one’s own', async () => {
  const parts = 'a:storefront+recommendations|b:catalog+cart+inventory|c:payments+orders+notifications';
  const { code, stdout } = await runHere(home, ['structure', '--variants', `mine=${parts}`]);
  expect(code).toBe(0);
  for (const words of ['Units of mine', 'Modules', 'by each', 'In mine, ', 'stay within one unit', 'rank correlation'])
    expect(stdout).toContain(words);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});
