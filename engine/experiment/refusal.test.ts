import { describe, expect, it } from 'vitest';
import type { Experiment } from '../model/index.ts';
import { EngineError, type UnitFacts } from '../runtime/index.ts';
import { ExperimentError } from './check.ts';
import { problemsAfter, runFake, unbroken } from './testing/index.ts';

type Change = (experiment: Experiment) => Experiment;

function withVariant(
  index: number,
  change: (variant: Experiment['variants'][number]) => Partial<Experiment['variants'][number]>,
): Change {
  return (experiment) => ({
    ...experiment,
    variants: experiment.variants.map((variant, at) => (at === index ? { ...variant, ...change(variant) } : variant)),
  });
}

const REFUSALS: readonly [name: string, change: Change, words: RegExp][] = [
  [
    'a topology that leaves a module out',
    withVariant(0, () => ({ topology: { name: 'half', units: [{ name: 'all', modules: ['front'] }] } })),
    /field "variants\.0\.topology".*in no unit/,
  ],
  [
    'a module that there is not',
    withVariant(1, () => ({
      topology: { name: 'odd', units: [{ name: 'all', modules: ['front', 'work', 'extra', 'ghost'] }] },
    })),
    /field "variants\.1\.topology".*unknown module "ghost"/,
  ],
  ['two variants of one name', withVariant(1, () => ({ name: 'monolith' })), /field "variants\.1\.name".*must differ/],
  [
    'an unknown tunable',
    withVariant(0, (variant) => ({ settings: { ...variant.settings, tunables: { speed: 1 } } })),
    /unknown tunable "speed"; allowed: work/,
  ],
  [
    'a tunable out of range',
    withVariant(0, (variant) => ({ settings: { ...variant.settings, tunables: { work: 1000 } } })),
    /work": the value 1000 is out of range; allowed: 1 to 100/,
  ],
  [
    'a fault in a module that there is not',
    (experiment) => ({
      ...experiment,
      probes: {
        ...experiment.probes,
        isolation: experiment.probes.isolation && {
          ...experiment.probes.isolation,
          faults: [{ kind: 'hang', module: 'ghost' }],
        },
      },
    }),
    /faults\.0\.module": unknown module "ghost"/,
  ],
  [
    'two faults after which the supervisor starts a unit again',
    (experiment) => ({
      ...experiment,
      probes: {
        ...experiment.probes,
        isolation: experiment.probes.isolation && {
          ...experiment.probes.isolation,
          faults: [
            { kind: 'crash', module: 'work' },
            { kind: 'hang', module: 'work' },
            { kind: 'out-of-memory', module: 'extra' },
          ],
        },
      },
    }),
    /field "probes\.isolation\.faults\.2": only one of the faults may be one that the supervisor heals/,
  ],
  [
    'a storm in a module that there is not',
    (experiment) => ({
      ...experiment,
      probes: {
        ...experiment.probes,
        storm: {
          fault: { kind: 'errors', module: 'toString' },
          ...{ spikeFactor: 2, baselineMs: 1000, spikeMs: 1000, recoveryMs: 1000 },
        },
      },
    }),
    /field "probes\.storm\.fault\.module": unknown module "toString"/,
  ],
  [
    'a search for the capacity that ends where it begins',
    (experiment) => ({
      ...experiment,
      probes: {
        ...experiment.probes,
        capacity: {
          ...{ startJourneysPerSecond: 50, maxJourneysPerSecond: 50, stepMs: 1000, precision: 0.5 },
          objective: { p95Ms: 100, availability: 0.9 },
        },
      },
    }),
    /field "probes\.capacity\.maxJourneysPerSecond"/,
  ],
  [
    'a partition of a module from itself',
    (experiment) => ({
      ...experiment,
      probes: {
        ...experiment.probes,
        isolation: experiment.probes.isolation && {
          ...experiment.probes.isolation,
          faults: [{ kind: 'partition', module: 'front' }],
        },
      },
    }),
    /field "probes\.isolation\.faults\.0\.peer"/,
  ],
  [
    'looks that do not end with the last block',
    (experiment) => ({ ...experiment, blocks: 4, looks: [{ blocks: 3, alphaSpent: 0.05 }] }),
    /field "looks\.0\.blocks": .*allowed: 4/,
  ],
  [
    'looks that spend more than is promised',
    (experiment) => ({ ...experiment, blocks: 3, looks: [{ blocks: 3, alphaSpent: 0.1 }] }),
    /field "looks\.0\.alphaSpent": .*allowed: 0\.05/,
  ],
  [
    'a look that can decide nothing',
    (experiment) => ({
      ...experiment,
      blocks: 3,
      looks: [
        { blocks: 2, alphaSpent: 0.02 },
        { blocks: 3, alphaSpent: 0.05 },
      ],
    }),
    /field "looks\.0\.blocks": .*at least 3/,
  ],
  [
    'a look that adds nothing',
    (experiment) => ({
      ...experiment,
      blocks: 4,
      looks: [
        { blocks: 3, alphaSpent: 0.05 },
        { blocks: 4, alphaSpent: 0.05 },
      ],
    }),
    /field "looks\.1\.alphaSpent": .*more than the one before/,
  ],
  [
    'instances that would write to one store',
    withVariant(1, ({ topology }) => ({
      topology: { ...topology, units: topology.units.map((unit) => ({ ...unit, instances: 2 })) },
    })),
    /field "variants\.1\.topology": .*unit "work": 2 instances cannot share the store that work writes to; allowed with store "sqlite": 1, .*with store "postgres" or "postgres-per-unit"$/,
  ],
  [
    'a warm-up that ends before it begins',
    (experiment) => ({ ...experiment, warmUp: { minMs: 2000, maxMs: 1000, minRequests: 0 } }),
    /field "warmUp\.maxMs"/,
  ],
];

describe('an experiment that does not fit its application', () => {
  it.each(REFUSALS)('is refused before anything is asked of an engine: %s', async (_name, change, words) => {
    const outcome = await runFake({ experiment: change });
    expect(outcome.error).toBeInstanceOf(ExperimentError);
    expect(String(outcome.error)).toMatch(words);
    expect(outcome.runtime).toBeUndefined();
    expect(problemsAfter(outcome)).toEqual([]);
    expect(outcome.events.at(-1)).toMatchObject({ outcome: 'failed', resultId: null });
  });
});

describe('a run that cannot begin', () => {
  it('without an engine says what to do next', async () => {
    const openError = new EngineError('no-engine', 'No Docker engine answers.', { nextStep: 'Start one.' });
    const outcome = await runFake({ openError });
    expect(outcome.error).toBe(openError);
    expect(outcome.events.at(-1)).toMatchObject({ outcome: 'failed', text: 'No Docker engine answers. Start one.' });
  });

  it('asks for more than the machine has', async () => {
    const outcome = await runFake({
      experiment: (experiment) => ({ ...experiment, resources: { cpus: 64, memoryBytes: null } }),
    });
    expect(problemsAfter(outcome)).toEqual([]);
    expect(String(outcome.error)).toContain('64');
    const tiny = await runFake({
      experiment: (experiment) => ({ ...experiment, resources: { cpus: null, memoryBytes: 64 * 2 ** 20 } }),
    });
    expect(problemsAfter(tiny)).toEqual([]);
    expect(tiny.error).toBeInstanceOf(EngineError);
  });
});

describe('a comparison that is not fair', () => {
  const unlike = withVariant(1, (variant) => ({ settings: { ...variant.settings, tunables: { work: 5 } } }));

  it('is refused before anything is asked of an engine', async () => {
    const outcome = await runFake({ experiment: unlike });
    expect(String(outcome.error)).toMatch(/declaredDifferences\.tunables\.work.*would not be fair/);
    expect(outcome.runtime).toBeUndefined();
    expect(outcome.events.some(({ type }) => type === 'round-started')).toBe(false);
    expect(problemsAfter(outcome)).toEqual([]);
  });

  it('is made when the difference is declared', async () => {
    const { result } = await runFake({
      experiment: (experiment) => ({ ...unlike(unbroken(experiment)), declaredDifferences: ['tunables.work'] }),
    });
    expect(result?.status).toBe('completed');
    expect(result?.gate.some(({ status }) => status === 'declared')).toBe(true);
  });

  it('ends when deployments were seeded with different data, and keeps what was measured', async () => {
    const outcome = await runFake({
      experiment: unbroken,
      seedHash: (module, { units }) => `${module} in ${Object.keys(units).length}`,
    });
    expect(problemsAfter(outcome)).toEqual([]);
    expect(outcome.result).toMatchObject({ status: 'failed' });
    expect(outcome.result?.reason).toContain('would not be fair');
    expect(outcome.result?.rounds).toHaveLength(1);
  });

  it('is found by what the units show, whatever the engine was asked for', async () => {
    const outcome = await runFake({
      experiment: unbroken,
      // As an engine that drops the limits of some containers.
      facts: (unit) => (unit === 'extra' ? { memoryBytes: 0 } : {}),
    });
    expect(problemsAfter(outcome)).toEqual([]);
    expect(outcome.result?.status).toBe('failed');
    expect(outcome.result?.reason).toMatch(/would not be fair: Same total memory: .*microservices: without a limit/);
  });

  /** What the n-th deployment of the monolith shows of itself; the others show nothing unusual. */
  const atDeployment = (wanted: number, unusual: Partial<UnitFacts>) => {
    const shown: object[] = [];
    return (unit: string, running: object): Partial<UnitFacts> => {
      if (unit === 'all' && !shown.includes(running)) shown.push(running);
      return shown[wanted - 1] === running ? unusual : {};
    };
  };
  const unusual: [string, Partial<UnitFacts>, string][] = [
    ['CPUs', { cpus: '0-7' }, 'Same total CPU'],
    ['memory', { memoryBytes: 2 ** 40 }, 'Same total memory'],
    ['user', { user: 'root' }, 'Same user, restarts and environment of every unit'],
    ['base', { base: 'another' }, 'Same base below every unit'],
    ['image', { builtAs: 'fake:other' }, 'Same base below every unit'],
    ['restarts', { heals: false }, 'Same user, restarts and environment of every unit'],
    ['a quota', { cpuQuota: 0.5 }, 'Same limits of CPU time, processes and swap'],
    ['processes', { processes: 0 }, 'Same limits of CPU time, processes and swap'],
    ['swap', { swapBytes: -1 }, 'Same limits of CPU time, processes and swap'],
  ];

  it.each(unusual)(
    'is found in every deployment of a block, the noise floor’s too: %s',
    async (_what, facts, title) => {
      for (const wanted of [1, 2]) {
        const { result } = await runFake({
          experiment: (experiment) => ({ ...unbroken(experiment), blocks: 1, noiseFloor: true }),
          facts: atDeployment(wanted, facts),
        });
        expect(result?.status).toBe('failed');
        expect(result?.reason).toContain(`would not be fair: ${title}`);
      }
    },
  );

  it('is found where there is nothing but the noise floor', async () => {
    const { result } = await runFake({
      experiment: (experiment) => ({
        ...unbroken(experiment),
        variants: experiment.variants.slice(0, 1),
        blocks: 1,
        noiseFloor: true,
      }),
      facts: atDeployment(2, { cpus: '0-7' }),
    });
    expect(result?.reason).toMatch(/Same total CPU: .*monolith \(for the noise floor\): CPU/);
  });

  it.each(unusual)('is found in a repeat, before the next block or after the last: %s', async (_what, facts, title) => {
    let judged = 0;
    const { result } = await runFake({
      experiment: (experiment) => ({ ...unbroken(experiment), blocks: 2, maxRepeats: 1 }),
      // The first load of all is bad, so the first block is measured again once the last is done: the monolith's third deployment.
      health: (phase) =>
        phase.identitySalt === 'latency' && judged++ === 0 ? { valid: false, saturated: true, reasons: ['late'] } : {},
      facts: atDeployment(3, facts),
    });
    expect(result?.status).toBe('failed');
    expect(result?.reason).toContain(`would not be fair: ${title}`);
    expect(result?.reason).toContain('monolith, attempt 2');
  });

  it('is found in data that differ in the noise floor only', async () => {
    const deployments: string[] = [];
    const { result } = await runFake({
      experiment: (experiment) => ({ ...unbroken(experiment), blocks: 1, noiseFloor: true }),
      seedHash: (_module, { unit, control: { token } }) => {
        if (unit === 'all' && !deployments.includes(token)) deployments.push(token);
        return deployments.indexOf(token) === 1 ? 'another' : 'same';
      },
    });
    expect(result?.reason).toContain('would not be fair: Same data');
  });

  it.each([
    ['base', { base: 'debian-with-another-node' }],
    ['memory', { memoryBytes: 0 }],
    ['cpu', { cpus: '0-3' }],
    ['surroundings', { user: 'root' }],
    ['limits', { cpuQuota: 1 }],
  ] satisfies [string, Partial<UnitFacts>][])(
    'is named beside every finding where a declared difference was found in running units: %s',
    async (name, facts) => {
      const run = (declared: string[]) =>
        runFake({
          experiment: (experiment) => ({ ...unbroken(experiment), declaredDifferences: declared }),
          facts: (unit) => (unit === 'all' && declared.length > 0 ? facts : {}),
        });
      // Units on all CPUs are on the generator's too.
      const { result } = await run(name === 'cpu' ? ['cpu', 'generator-cpu'] : [name]);
      expect([result?.status, result?.gate.find((check) => check.name === name)?.status]).toEqual([
        'completed',
        'declared',
      ]);
      expect(result?.findings.length).toBeGreaterThan(0);
      for (const { declared, sentence } of result?.findings ?? []) {
        expect(declared).toEqual([name]);
        expect(sentence).toContain(`declared difference: ${name}`);
      }
      for (const { declared } of (await run([])).result?.findings ?? []) expect(declared).toEqual([]);
    },
  );

  it('keeps the lines that ended it', async () => {
    const { result } = await runFake({ experiment: unbroken, facts: () => ({ cpus: '', memoryBytes: 0 }) });
    expect(result?.status).toBe('failed');
    for (const name of ['cpu', 'memory', 'generator-cpu'])
      expect(result?.gate.find((check) => check.name === name)?.status).toBe('fail');
  });

  it('says what every unit showed in each round, and no secret of theirs', async () => {
    const { result } = await runFake({ experiment: unbroken });
    for (const round of result?.rounds ?? []) {
      expect(round.observed.length).toBeGreaterThan(0);
      for (const { facts } of round.observed)
        expect(facts).toMatchObject({ cpus: '2,3', base: 'base', configured: true });
      expect(JSON.stringify(round.observed)).not.toMatch(/token/);
    }
    const details = result?.gate.filter(({ detail }) => detail.includes('as seen in every running unit'));
    expect(details?.map(({ name }) => name)).toEqual([
      'base',
      'cpu',
      'node',
      'memory',
      'limits',
      'surroundings',
      'configured',
    ]);
  });
});
