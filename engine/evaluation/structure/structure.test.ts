import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applicationSchema,
  type Application,
  type HopEdge,
  type RedeploymentMeasurement,
  type Topology,
  type VersionSkew,
} from '../../model/index.ts';
import {
  associationInWords,
  associationsOf,
  callsAcross,
  couplingInWords,
  couplingOf,
  declaredCalls,
  fewestChanges,
  modulesOver,
  partTitle,
  reachInWords,
  reachSummary,
  structureNumbers,
  sumOfCalls,
  unitsAtOnce,
  usageCohesion,
  type Association,
  type Part,
} from './index.ts';

type Uses = Record<string, Record<string, number>>;

/** An application of these modules, each with the calls that it makes for one of its own; the first is the entry, and a journey asks it twice. */
function application(uses: Uses): Application {
  const names = Object.keys(uses);
  const [entry = ''] = names;
  const step = { endpoint: 'look', path: '/', expect: {} };
  return applicationSchema.parse({
    ...{ version: 1, name: 'hand', title: 'Hand', kit: 'kit.ts', entry },
    modules: Object.fromEntries(
      Object.entries(uses).map(([name, used]) => [
        name,
        {
          ...{ title: name.toUpperCase(), source: `${name}/index.ts` },
          uses: Object.entries(used).map(([module, callsPerRequest]) => ({ module, callsPerRequest })),
        },
      ]),
    ),
    endpoints: { look: { title: 'Look', method: 'GET', route: '/', needs: { [entry]: 'required' } } },
    journeys: { look: { title: 'Look', weight: 1, steps: [step, step] } },
    seed: { default: 1, sizes: {} },
    topologies: { monolith: { all: names } },
  });
}

const alone = (names: readonly string[]): Part[] => names.map((name) => ({ name, modules: [name] }));
const edge = (from: string, to: string, operation: string, callsPerJourney = 1): HopEdge => ({
  ...{ from, to, operation, kind: 'remote', callsPerJourney },
  ...{ bytesPerJourney: 0, ownMs: 0, storeMs: 0, networkMs: 0, serializationMs: 0, totalMs: 0 },
});

/** A calls B and C, B calls C: everybody leans on C. */
const three = application({ a: { b: 2, c: 0.5 }, b: { c: 1 }, c: {} });

describe('coupling', () => {
  it('is counted by hand for three modules', () => {
    expect(declaredCalls(three)).toEqual([
      { from: 'a', to: 'b', callsPerJourney: 4 },
      { from: 'a', to: 'c', callsPerJourney: 1 },
      { from: 'b', to: 'c', callsPerJourney: 4 },
    ]);
    expect(Object.fromEntries(couplingOf(alone(['a', 'b', 'c']), declaredCalls(three)))).toEqual({
      a: { consumers: [], providers: ['b', 'c'], instability: 1, callsIn: 0, callsOut: 5 },
      b: { consumers: ['a'], providers: ['c'], instability: 0.5, callsIn: 4, callsOut: 4 },
      c: { consumers: ['a', 'b'], providers: [], instability: 0, callsIn: 5, callsOut: 0 },
    });
  });

  it('of units leaves out what goes on inside one', () => {
    const parts = [
      { name: 'front', modules: ['a'] },
      { name: 'rest', modules: ['b', 'c'] },
    ];
    expect(Object.fromEntries(couplingOf(parts, declaredCalls(three)))).toEqual({
      front: { consumers: [], providers: ['rest'], instability: 1, callsIn: 0, callsOut: 5 },
      rest: { consumers: ['front'], providers: [], instability: 0, callsIn: 5, callsOut: 0 },
    });
  });

  it('has no number of calls where modules call each other in a circle, and still knows who calls whom', () => {
    const circle = application({ a: { b: 1 }, b: { c: 1 }, c: { b: 0.5 }, d: {} });
    const coupling = couplingOf(alone(['a', 'b', 'c', 'd']), declaredCalls(circle));
    expect(coupling.get('b')).toMatchObject({ consumers: ['a', 'c'], providers: ['c'], callsIn: null, callsOut: null });
    expect(coupling.get('a')).toMatchObject({ callsIn: 0, callsOut: 2 });
    expect(coupling.get('d')).toMatchObject({ instability: null, callsIn: 0, callsOut: 0 });
  });
});

describe('coupling of any application', () => {
  /** Modules m0, m1, …, each calling some behind it, and a unit for each module. */
  const cuts = fc.integer({ min: 1, max: 8 }).chain((size) => {
    const index = { min: 0, max: size - 1 };
    return fc.record({
      size: fc.constant(size),
      pairs: fc.array(fc.tuple(fc.integer(index), fc.integer(index), fc.integer({ min: 0, max: 40 })), {
        maxLength: 20,
      }),
      homes: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: size, maxLength: size }),
      merged: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })),
    });
  });

  function made({ size, pairs, homes }: { size: number; pairs: [number, number, number][]; homes: number[] }) {
    const names = Array.from({ length: size }, (_, index) => `m${index}`);
    const uses: Uses = Object.fromEntries(names.map((name) => [name, {}]));
    for (const [from, to, tenths] of pairs)
      if (from < to) Object.assign(uses[`m${from}`] ?? {}, { [`m${to}`]: tenths / 10 });
    const parts = [...new Set(homes)].map((home) => ({
      name: `u${home}`,
      modules: names.filter((_, index) => homes[index] === home),
    }));
    return { names, parts, calls: declaredCalls(application(uses)) };
  }

  it('has instability from 0 to 1, as many consumers as providers, and as many calls in as out', () => {
    fc.assert(
      fc.property(cuts, (cut) => {
        const { parts, calls } = made(cut);
        const all = [...couplingOf(parts, calls).values()];
        for (const { consumers, providers, instability } of all) {
          expect(instability === null).toBe(consumers.length + providers.length === 0);
          expect((instability ?? 0) >= 0 && (instability ?? 0) <= 1).toBe(true);
        }
        const total = (count: (one: (typeof all)[number]) => number) => all.reduce((sum, one) => sum + count(one), 0);
        expect(total(({ consumers }) => consumers.length)).toBe(total(({ providers }) => providers.length));
        expect(total(({ callsIn }) => callsIn ?? 0)).toBeCloseTo(
          total(({ callsOut }) => callsOut ?? 0),
          9,
        );
        expect(total(({ callsIn }) => callsIn ?? 0)).toBeCloseTo(sumOfCalls(callsAcross(parts, calls)) ?? 0, 9);
      }),
    );
  });

  it('is none in a monolith', () => {
    fc.assert(
      fc.property(cuts, (cut) => {
        const { names, calls } = made(cut);
        const nothing = { consumers: [], providers: [], instability: null, callsIn: 0, callsOut: 0 };
        expect([...couplingOf([{ name: 'all', modules: names }], calls).values()]).toEqual([nothing]);
      }),
    );
  });

  it('never grows when two units become one', () => {
    fc.assert(
      fc.property(cuts, (cut) => {
        const { parts, calls } = made(cut);
        const [into, from] = cut.merged;
        const fewer = made({ ...cut, homes: cut.homes.map((home) => (home === from ? into : home)) }).parts;
        const across = (of: readonly Part[]) => sumOfCalls(callsAcross(of, calls)) ?? 0;
        expect(across(fewer)).toBeLessThanOrEqual(across(parts) + 1e-9);
        const partners = (of: readonly Part[]) =>
          [...couplingOf(of, calls).values()].reduce((sum, { providers }) => sum + providers.length, 0);
        expect(partners(fewer)).toBeLessThanOrEqual(partners(parts));
      }),
    );
  });

  it('is of lines that sum up over units as over modules', () => {
    fc.assert(
      fc.property(cuts, (cut) => {
        const { names, parts } = made(cut);
        const { units, modules } = structureNumbers(
          application(Object.fromEntries(names.map((name) => [name, {}]))),
          { name: 'cut', units: parts },
          measured(names, { name: 'cut', units: parts }),
          null,
        );
        const lines = (of: typeof units) => of.reduce((sum, one) => sum + one.lines, 0);
        expect(lines(units)).toBe(lines(modules));
        expect(units.reduce((sum, { operations }) => sum + (operations ?? 0), 0)).toBe(2 * names.length);
      }),
    );
  });
});

/** Each module has as many lines as its name has code in it, and two operations. */
function measured(names: readonly string[], { units }: Topology) {
  return {
    modules: names.map((module, index) => ({
      ...{ module, files: 1, lines: 10 * (index + 1) },
      operations: ['ask', 'tell'] as string[] | null,
    })),
    units: units.map(({ name, modules }) => ({
      ...{ unit: name, modules, bundleBytes: 1000 },
      packages: [{ name: 'zod', bytes: 600 }],
    })),
    changes: null,
    changesReason: null,
  };
}

describe('usage', () => {
  const operations = new Map([['c', ['ask', 'tell']]]);
  const [a, b, c] = ['a', 'b', 'c'].map((name): Part => ({ name, modules: [name] }));
  const usage = (edges: HopEdge[], clients = [a!, b!]) => usageCohesion(c!, clients, operations, edges);

  it('is the mean share of operations that a client was seen to use', () => {
    const edges = [edge('a', 'c', 'ask'), edge('b', 'c', 'ask'), edge('b', 'c', 'tell'), edge('b', 'c', 'tell')];
    expect(usage(edges)).toBe(3 / 4);
    expect(usage(edges, [b!])).toBe(1);
  });

  it('of a unit is over all that its modules offer', () => {
    const unit: Part = { name: 'unit', modules: ['b', 'c'] };
    const both = new Map([...operations, ['b', ['ask', 'tell']]]);
    // What B asks of C stays inside.
    const edges = [edge('a', 'b', 'ask'), edge('a', 'c', 'ask'), edge('b', 'c', 'tell')];
    expect(usageCohesion(unit, [a!], both, edges)).toBe(2 / 4);
  });

  it('is unknown, and never guessed, where nobody calls, a client was never seen, or operations are not known', () => {
    expect(usage([], [])).toBeNull();
    expect(usage([edge('a', 'c', 'ask')])).toBeNull();
    expect(usage([edge('a', 'c', 'other'), edge('b', 'c', 'ask')])).toBeNull();
    expect(usageCohesion(c!, [a!], new Map(), [edge('a', 'c', 'ask')])).toBeNull();
    expect(usageCohesion(c!, [a!], new Map([['c', []]]), [])).toBeNull();
  });
});

describe('numbers', () => {
  const micro: Topology = {
    name: 'micro',
    units: alone(['a', 'b', 'c']).map(({ name }) => ({ name, modules: [name] })),
  };
  const mono: Topology = { name: 'mono', units: [{ name: 'all', modules: ['a', 'b', 'c'] }] };
  const of = (topology: Topology, edges: HopEdge[] | null = null) =>
    structureNumbers(three, topology, measured(['a', 'b', 'c'], topology), edges);

  it('stand together, with what was seen beside what is declared', () => {
    const seen = [
      edge('client', 'a', 'look', 2),
      edge('a', 'b', 'ask', 3),
      edge('a', 'c', 'ask', 1),
      edge('b', 'c', 'ask', 3),
    ];
    expect(of(micro, seen).units[2]).toEqual({
      ...{ name: 'c', modules: ['c'], language: 'typescript', lines: 30, operations: 2, usage: 0.5 },
      program: { bundleBytes: 1000, packages: ['zod'], dependencyBytes: 600 },
      ...{ consumers: ['a', 'b'], providers: [], instability: 0, callsIn: 5, callsOut: 0, seenIn: 4, seenOut: 0 },
    });
    expect(of(mono, seen).units[0]).toMatchObject({ lines: 60, operations: 6, usage: null, seenIn: 0, callsIn: 0 });
  });

  it('of a module have a program where it has one of its own', () => {
    expect(of(mono).modules.map(({ program }) => program)).toEqual([null, null, null]);
    expect(modulesOver([of(mono), of(micro)]).map(({ name, program }) => [name, program === null])).toEqual([
      ['a', false],
      ['b', false],
      ['c', false],
    ]);
  });

  it('of a module in another language stand beside those in TypeScript', () => {
    const go = {
      name: 'go',
      units: micro.units.map((unit) => (unit.name === 'b' ? { ...unit, language: 'go' as const } : unit)),
    };
    expect(modulesOver([of(micro), of(go), of(mono)]).map((one) => partTitle(one))).toEqual(['a', 'b', 'b (Go)', 'c']);
  });

  it('do not know how many operations a unit has whose module did not tell', () => {
    const measurement = measured(['a', 'b', 'c'], mono);
    Object.assign(measurement.modules[1] ?? {}, { operations: null });
    expect(structureNumbers(three, mono, measurement, null).units[0]?.operations).toBeNull();
  });

  it('are said in a sentence', () => {
    expect(couplingInWords('micro', three, of(micro).units)).toBe(
      'In micro, C is called by 2 units and calls none; a change of its contract may concern 2 others: a, b.',
    );
    expect(couplingInWords('mono', three, of(mono).units)).toMatch(/^In mono everything is one unit/);
  });
});

describe('the reach of changes', () => {
  const { modules } = structureNumbers(
    three,
    { name: 'micro', units: alone(['a', 'b', 'c']).map(({ name }) => ({ name, modules: [name] })) },
    measured(['a', 'b', 'c'], { name: 'micro', units: [{ name: 'a', modules: ['a'] }] }),
    null,
  );
  const reach = (module: string, units: number) => ({
    ...{ change: `of ${module}`, modules: [module] },
    units: Array.from({ length: units }, (_, index) => `u${index}`),
  });
  const many = (counts: Record<string, number>) =>
    Array.from({ length: 4 }, () => Object.entries(counts).map(([module, units]) => reach(module, units))).flat();
  const consumersIn = (changes: ReturnType<typeof reach>[]): Association | undefined =>
    associationsOf(changes, modules, 'micro').find(({ of }) => of === 'consumers');

  it('is summed up', () => {
    expect(reachSummary([reach('a', 1), reach('b', 3), reach('c', 0)])).toEqual({
      changes: 3,
      within: 2,
      meanUnits: 4 / 3,
    });
    expect(reachSummary([])).toEqual({ changes: 0, within: 0, meanUnits: null });
    expect(reachInWords('micro', reachSummary([reach('a', 1), reach('b', 3)]), 3)).toBe(
      'micro: 1 of 2 changes (50 %) stay within one unit; on average 2.00 of 3 get another program',
    );
  });

  it('goes with the consumers of the changed module where it does, and is not said to where few changes tell', () => {
    const rising = consumersIn(many({ a: 1, b: 2, c: 3 }));
    expect(rising).toMatchObject({ n: 12, rho: 1, says: 'rises' });
    expect(associationInWords('micro', rising!)).toMatch(
      /rank correlation 1\.00, 95 % interval .*, n = 12; the more of the one/,
    );
    expect(consumersIn(many({ a: 3, b: 2, c: 1 }))?.says).toBe('falls');
    const few = consumersIn([reach('a', 1), reach('b', 2), reach('c', 3)]);
    expect([few?.says, few?.n]).toEqual(['few', 3]);
    expect(associationInWords('micro', few!)).toContain(`3 changes are too few (at least ${fewestChanges})`);
    expect(consumersIn(many({ a: 1, b: 1, c: 1 }))?.says).toBe('constant');
    const mixed = many({ a: 1, b: 2, c: 1 }).map((one, index) => (index % 2 === 0 ? one : reach('c', 2)));
    expect(consumersIn([...mixed, reach('a', 2)])?.says).toBe('unclear');
  });

  it('is held against units that had to go out at once over the changes that were released, too few of them too', () => {
    const changes = many({ a: 1, b: 2, c: 3 }).map((one, index) => ({ ...one, change: `${index}` }));
    const atOnce = new Map(changes.map(({ change, modules: [of] }) => [change, of === 'a' ? 3 : 1]));
    const seenOf = (seen: ReadonlyMap<string, number>): Association[] =>
      associationsOf(changes, modules, 'micro', seen).filter(({ foretells }) => foretells === 'at-once');
    const seen = seenOf(atOnce);
    expect(seen.map(({ of, n, says }) => [of, n, says])).toEqual([
      ['consumers', 12, 'falls'],
      ['lines', 12, 'falls'],
    ]);
    expect(associationInWords('micro', seen[0]!)).toMatch(
      /^micro, modules that call the changed one and units that had to go out at once, as seen: rank correlation -0\.\d\d, /,
    );
    const [few] = seenOf(new Map([...atOnce].slice(0, 4)));
    expect(associationInWords('micro', few!)).toContain('as seen: not told, 4 changes are too few (at least 10)');
    expect(seenOf(new Map())).toEqual([]);
    // What is seen of releases changes no digit of what is counted in the sources.
    expect(associationsOf(changes, modules, 'micro', atOnce).slice(0, 2)).toEqual(
      associationsOf(changes, modules, 'micro'),
    );
  });

  it('counts units that had to go out at once over deployments, and none of a release that was not looked at', () => {
    const failing = { home: { scheduled: 9, lost: 9 } };
    const skew = (first: 'providers' | 'callers', requests: VersionSkew['requests']): VersionSkew => ({
      ...{ first, predicted: [], requests },
      ...(first === 'providers' ? { released: ['a'], left: ['b'] } : { released: ['b'], left: ['a'] }),
    });
    const released = (change: string, skews: VersionSkew[] | null) =>
      ({
        ...{ change },
        ...(skews === null ? {} : { contracts: { differences: [], backward: [], skews } }),
      }) as RedeploymentMeasurement;
    const both = [skew('providers', failing), skew('callers', failing)];
    const counted = unitsAtOnce([
      ...[released('rename', both), released('rename', [skew('providers', failing)])],
      ...[released('fix', []), released('unknown', null)],
    ]);
    expect([...counted]).toEqual([
      ['rename', 1.5],
      ['fix', 1],
    ]);
  });

  it('leaves out changes that edit no module of their own', () => {
    expect(consumersIn([{ change: 'shared', modules: [], units: ['u'] }, ...many({ a: 1, b: 2, c: 3 })])?.n).toBe(12);
  });
});
