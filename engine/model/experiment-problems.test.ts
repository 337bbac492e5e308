import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { applicationSchema } from './application.ts';
import { experimentProblems } from './experiment-problems.ts';
import { experimentSchema, type Experiment, type Probes } from './experiment.ts';
import { faultKindSchema, faultParameters, type Fault } from './fault.ts';
import { withLanguage } from './language.ts';
import { loadPlanSchema } from './load.ts';
import { presets } from './preset.ts';
import type { StormSettings } from './probe/index.ts';
import { namedTopology } from './topology.ts';
import type { Variant } from './variant.ts';

const manifest = new URL('../../sample-apps/shop/application.yaml', import.meta.url);
const shop = applicationSchema.parse(parse(readFileSync(manifest, 'utf8')));
const sound: Experiment = presets.thorough.build(shop);
const { isolation, capacity } = sound.probes;
if (isolation === null || capacity === null) throw new Error('the preset "thorough" measures less than it did');

const withProbes = (probes: Partial<Probes>): Experiment => ({ ...sound, probes: { ...sound.probes, ...probes } });
const withFaults = (...faults: Fault[]): Experiment => withProbes({ isolation: { ...isolation, faults } });
const module = 'cart';
const withStorm = (change: Partial<StormSettings>): Experiment =>
  withProbes({
    isolation: null,
    storm: {
      fault: { kind: 'slow', module, delayMs: 100 },
      ...{ spikeFactor: 3, baselineMs: 1000, spikeMs: 1000, recoveryMs: 1000, ...change },
    },
  });

const scaling: Experiment = presets.scaling.build(shop);
const scaledOn = (...stores: Variant['settings']['store'][]): Experiment => ({
  ...scaling,
  declaredDifferences: ['store'],
  variants: scaling.variants.map((variant, index) => ({
    ...variant,
    settings: { ...variant.settings, store: stores[index] ?? variant.settings.store },
  })),
});

/** Every problem as it is told. */
const told = (experiment: Experiment): string[] =>
  experimentProblems(experiment, shop).map(({ path, problem }) => `field "${path}": ${problem}`);

it('a sound one has none, whatever the preset', () => {
  for (const preset of Object.values(presets)) expect(told(preset.build(shop)), preset.name).toEqual([]);
});

it('a unit in another language is a difference that has to be declared', () => {
  const application = structuredClone(shop);
  Object.assign(application.modules['recommendations'] ?? {}, { languages: { go: './recommendations/go' } });
  const micro = namedTopology(application, 'microservices') ?? expect.fail('there is no such cut');
  const [first] = sound.variants;
  if (first === undefined) throw new Error('no variant');
  const variants = [micro, withLanguage(micro, 'recommendations', 'go')].map((topology, index) => ({
    ...first,
    ...{ name: `v${index}`, title: undefined, topology },
  }));
  const experiment = { ...sound, variants, noiseFloor: false };
  const paths = (declaredDifferences: string[]) =>
    experimentProblems({ ...experiment, declaredDifferences }, application).map(({ path }) => path);
  expect(paths(['language'])).toEqual([]);
  expect(paths([])).toEqual(['declaredDifferences.language']);
});

const titled = (...titles: (string | undefined)[]): Experiment => ({
  ...sound,
  variants: titles.map((title, index) => {
    const { title: _, ...variant } = sound.variants[0]!;
    return { ...variant, name: `v${index}`, ...(title === undefined ? {} : { title }) };
  }),
});

it('variants that are called differently are fine', () => {
  for (const titles of [
    ['A', 'B'],
    ['A', undefined],
    [undefined, undefined],
  ])
    expect(told(titled(...titles))).toEqual([]);
});

describe.each<[string, Experiment, RegExp]>([
  ['two variants of one title', titled('A', 'B', 'A'), /^field "variants\.2\.title": title "A" is what another/],
  [
    'a title that is another’s name',
    titled(undefined, 'v0'),
    /^field "variants\.1\.title": title "v0" is what another/,
  ],
  [
    'a name that is another’s title',
    titled('v1', undefined),
    /^field "variants\.1\.title": title "v1" is what another/,
  ],
  [
    'a higher load that no generator offers',
    {
      ...withProbes({ latency: { durationMs: 5000, higher: { factor: 50, durationMs: 5000 } } }),
      load: { ...sound.load, journeysPerSecond: 9000 },
    },
    /field "probes\.latency\.higher\.factor": 50 times 9000 journeys a second is out of range; allowed: at most 100000/,
  ],
  [
    'a spike that no generator offers',
    {
      ...withStorm({ spikeFactor: 20 }),
      load: { ...sound.load, journeysPerSecond: 9000 },
    },
    /field "probes\.storm\.spikeFactor": 20 times 9000 journeys/,
  ],
  [
    'an objective beyond every deadline',
    withProbes({ capacity: { ...capacity, objective: { p95Ms: 1e300, availability: 0.99 } } }),
    /field "probes\.capacity\.objective\.p95Ms": 1e\+300 ms is out of range; allowed: at most 60000/,
  ],
  [
    'a search whose steps are empty',
    withProbes({ capacity: { ...capacity, startJourneysPerSecond: 0.01, stepMs: 1000 } }),
    /field "probes\.capacity\.startJourneysPerSecond": in a step of 1000 ms too little comes to be judged; allowed: at least 5/,
  ],
  [
    'an objective that everything meets',
    withProbes({ capacity: { ...capacity, objective: { p95Ms: 100, availability: 0 } } }),
    /field "probes\.capacity\.objective\.availability": must be above 0/,
  ],
  [
    'traces of nothing',
    withProbes({ hops: { traceShare: 0, durationMs: 5000 } }),
    /field "probes\.hops\.traceShare": 0 is too little, and nothing would be traced; allowed: 0\.001 to 1/,
  ],
  [
    'traces of next to nothing',
    withProbes({ hops: { traceShare: 1e-300, durationMs: 5000 } }),
    /field "probes\.hops\.traceShare": 1e-300 is too little/,
  ],
  [
    'scaling at a budget that a server is inside of in one variant and beside in another',
    scaledOn('postgres', 'sqlite', 'postgres'),
    /field "probes\.scaling\.cpuShare": variants have different stores \("whole": postgres, "nothing": sqlite, "hot-only": postgres\), .*; allowed: the same store in every variant$/,
  ],
  [
    'a storm without a spike',
    withStorm({ spikeFactor: 1 }),
    /field "probes\.storm\.spikeFactor": 1 times the load is no spike; allowed: 1\.1 to 50/,
  ],
  [
    'a storm without a fault',
    withStorm({ fault: { kind: 'none', module } }),
    /field "probes\.storm\.fault\.kind": "none" does nothing, and a storm has a fault; allowed: any other kind/,
  ],
  [
    'faults of which there is none',
    withProbes({ isolation: { ...isolation, faults: [], control: false } }),
    /field "probes\.isolation\.faults": there is no fault to do/,
  ],
  [
    'the same fault twice',
    withFaults({ kind: 'hang', module }, { kind: 'hang', module }),
    /field "probes\.isolation\.faults\.1": hang\(cart\) is there twice/,
  ],
  [
    'faults that would have one name',
    withFaults({ kind: 'errors', module, share: 0.331 }, { kind: 'errors', module, share: 0.333 }),
    /field "probes\.isolation\.faults\.1": errors\(cart, 33 %\) is there twice, and the two could not be told apart/,
  ],
  [
    'less time for faults than one takes',
    withProbes({ isolation: { ...isolation, faultMs: 5000, budgetMs: 4000 } }),
    /field "probes\.isolation\.budgetMs": the time for all faults \(4000 ms\) is shorter than one fault/,
  ],
  [
    'more faults than one load lasts',
    withProbes({
      isolation: {
        ...{ ...isolation, faultMs: 600_000, recoveryMs: 600_000 },
        faults: faultKindSchema.options.slice(2, 8).map((kind) => ({ kind, module })),
      },
    }),
    /field "probes\.isolation\.faults": with their recoveries they may take \d+ ms in one load; allowed: at most 3600000/,
  ],
  [
    'a partition from a module that there is not',
    withFaults({ kind: 'partition', module, peer: 'ghost' }),
    /field "probes\.isolation\.faults\.0\.peer": unknown module "ghost"/,
  ],
  [
    'more memory than there is',
    { ...sound, resources: { cpus: null, memoryBytes: 2 ** 50 } },
    /field "resources\.memoryBytes": 1125899906842624 bytes are out of range/,
  ],
  [
    'a difference declared twice',
    { ...sound, declaredDifferences: ['resilience', 'resilience'] },
    /field "declaredDifferences\.1": "resilience" is there twice; allowed: once/,
  ],
  [
    'a difference in a tunable that there is not',
    { ...sound, declaredDifferences: ['tunables.wrok'] },
    /field "declaredDifferences\.0": unknown tunable "wrok"; allowed: recommendation-work, provider-latency/,
  ],
])('%s', (_what, experiment, expected) => {
  it('is refused at its field, in one clause, though the form of the file is right', () => {
    expect(experimentSchema.safeParse(experiment).error).toBeUndefined();
    const problems = told(experiment);
    expect(problems).toEqual([expect.stringMatching(expected)]);
    expect(problems.join('')).not.toContain('\n');
  });
});

describe('a number of a fault', () => {
  const values = { peer: 'catalog', delayMs: 100, jitter: 0.5, share: 0.5 } as const;
  const names = ['peer', 'delayMs', 'jitter', 'share'] as const;

  it('is taken where the kind has it and refused where it would do nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...faultKindSchema.options), fc.subarray([...names]), (kind, given) => {
        const fault: Fault = { kind, module, ...Object.fromEntries(given.map((name) => [name, values[name]])) };
        const refused = given.filter((name) => !(faultParameters[kind] ?? []).includes(name));
        const problems = told(withFaults(fault));
        expect(problems.map((one) => one.replace(/ of the kind.*/, ''))).toEqual(
          refused.map((name) => `field "probes.isolation.faults.0.${name}": does nothing to a fault`),
        );
      }),
    );
  });

  it.each<[Fault, string]>([
    [{ kind: 'errors', module, share: 0 }, 'share": 0 is too little to be seen; allowed: at least 0.001'],
    [{ kind: 'errors', module, share: 1e-9 }, 'share": 1e-9 is too little to be seen; allowed: at least 0.001'],
    [{ kind: 'slow', module, delayMs: 0 }, 'delayMs": 0 is too little to be seen; allowed: at least 0.1'],
    [{ kind: 'slow', module, delayMs: 1e-7 }, 'delayMs": 1e-7 is too little to be seen; allowed: at least 0.1'],
    [{ kind: 'bad-release-errors', module, share: 0 }, 'share": 0 is too little to be seen; allowed: at least 0.001'],
  ])('is refused in %o, since nothing would be done', (fault, problem) => {
    expect(told(withFaults(fault))).toEqual([`field "probes.isolation.faults.0.${problem}`]);
  });
});

it('whatever is accepted, every rate of it can be planned', () => {
  const stages = (journeysPerSecond: number) =>
    loadPlanSchema.shape.stages.safeParse([{ journeysPerSecond, durationMs: 1000 }]).success;
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 10_000, noNaN: true }),
      fc.double({ min: 1, max: 50, noNaN: true }),
      (rate, factor) => {
        const experiment: Experiment = {
          ...withProbes({ isolation: null, latency: { durationMs: 5000, higher: { factor, durationMs: 5000 } } }),
          load: { ...sound.load, journeysPerSecond: rate },
        };
        expect(told(experiment).length === 0).toBe(stages(rate * factor));
      },
    ),
  );
});

describe('a search for causes', () => {
  const withSearch = (...faults: Fault[]): Experiment =>
    withProbes({ isolation: null, diagnosis: { faults, faultMs: 3000, requests: 20 } });

  it('has faults in modules, each once', () => {
    expect(told(withSearch({ kind: 'hang', module }, { kind: 'crash', module }))).toEqual([]);
    expect(told(withSearch({ kind: 'hang', module }, { kind: 'hang', module }))).toEqual([
      'field "probes.diagnosis.faults.1": hang(cart) is there twice, and the two could not be told apart; allowed: once',
    ]);
    expect(told(withSearch({ kind: 'none', module }))).toEqual([
      'field "probes.diagnosis.faults.0": there is no cause to be found where nothing is done',
    ]);
    for (const kind of ['freeze', 'partition', 'store-crash'] as const)
      expect(told(withSearch({ kind, module }))[0], kind).toContain('no module is its cause');
  });
});
