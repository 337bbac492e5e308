import { describe, expect, it } from 'vitest';
import { makeResult } from '../../../report/testing/index.ts';
import { memoryOfUnits } from '../../deploy/index.ts';
import { judgeQuietness } from '../../machine/index.ts';
import { quietOverTheRun, seenFacts, type GateCheck, type Round, type SeenFacts } from '../../model/index.ts';
import { OTHER_BASE } from '../../runtime/index.ts';
import { plannedGateInputs, type GateInputs, type VariantFacts } from './facts.ts';
import { fairnessGate, stoppingChecks } from './fairness.ts';

const { experiment, application, environment } = makeResult({ blocks: 1, faults: [], everything: false, requests: 10 });
const quietReading = { foreignCpuShare: 0.01, stolenCpuShare: 0, withheldShare: 0.001, loopLagP99Ms: 1 };
const calm = judgeQuietness(quietReading);
const fair = plannedGateInputs(experiment, application, environment, calm);

/** What every variant's units show where nothing is wrong. */
const shown: SeenFacts = {
  bases: ['sha256:base'],
  notAsBuilt: [],
  cpus: ['0'],
  memoryBytes: 2 ** 31,
  memoryByUnit: null,
  quotas: ['none'],
  processes: ['256'],
  swaps: ['none'],
  users: ['1000:1000'],
  restarts: ['yes'],
  environments: ['PATH (0)'],
  nodeVersions: ['v24.0.0'],
  languages: {},
  seedHashes: { catalog: 'a' },
  unlike: [],
  unseen: [],
};

function line(inputs: GateInputs, name: string): GateCheck {
  const found = fairnessGate(inputs).find((check) => check.name === name);
  if (found === undefined) throw new Error(`no check ${name}`);
  return found;
}

/** The second variant with other facts, and what is declared. */
function unlike(change: (facts: VariantFacts) => Partial<VariantFacts>, declared: string[] = []): GateInputs {
  return {
    ...fair,
    declared,
    variants: fair.variants.map((facts, index) => (index === 1 ? { ...facts, ...change(facts) } : facts)),
  };
}

const settings = (
  facts: VariantFacts,
  change: Partial<VariantFacts['variant']['settings']>,
): Partial<VariantFacts> => ({
  variant: { ...facts.variant, settings: { ...facts.variant.settings, ...change } },
});

describe('fairnessGate', () => {
  it('passes a comparison in which only the topology differs', () => {
    const checks = fairnessGate(fair);
    expect(checks.filter((check) => check.status === 'fail')).toEqual([]);
    expect(stoppingChecks(checks)).toEqual([]);
    expect(new Set(checks.map((check) => check.name)).size).toBe(checks.length);
  });

  const differences: [string, (facts: VariantFacts) => Partial<VariantFacts>][] = [
    ['source', () => ({ sourceHash: 'another' })],
    ['source', () => ({ sourceCommit: 'another' })],
    ['base', () => ({ base: 'sha256:another' })],
    ['cpu', () => ({ cpus: [0, 1] })],
    ['memory', () => ({ memoryBytes: 2 ** 29 })],
    ['seed', () => ({ seed: 1 })],
    [
      'resilience',
      (facts) => settings(facts, { resilience: { ...facts.variant.settings.resilience, deadlineMs: 50 } }),
    ],
    ['journeys', () => ({ requestsPerJourney: 9 })],
    ['generator', () => ({ generator: 'process' })],
  ];
  it.each(differences)('fails another %s, unless it is declared', (name, change) => {
    expect(line(unlike(change), name).status).toBe('fail');
    expect(stoppingChecks(fairnessGate(unlike(change))).map((check) => check.name)).toContain(name);
    expect(line(unlike(change, [name]), name).status).toBe('declared');
  });

  it('fails other settings, naming those that were not declared', () => {
    const inputs = (declared: string[]) =>
      unlike((facts) => settings(facts, { consistency: 'naive', tunables: { work: 9 } }), declared);
    expect(line(inputs(['consistency']), 'settings')).toMatchObject({
      status: 'fail',
      detail: 'differ without being declared: tunables.work',
    });
    expect(line(inputs(['consistency', 'tunables']), 'settings').status).toBe('declared');
    expect(line(inputs(['consistency', 'tunables.work']), 'settings').status).toBe('declared');
  });

  it('compares the data once modules have told its hash', () => {
    const told = (hash: string) => ({ seen: { ...shown, seedHashes: { catalog: hash } } });
    const both: GateInputs = { ...fair, variants: fair.variants.map((facts) => ({ ...facts, ...told('a') })) };
    expect(line(both, 'seed').detail).toContain('seeded data of 1 modules is the same');
    expect(
      line(
        { ...both, variants: both.variants.map((facts, index) => (index === 1 ? { ...facts, ...told('b') } : facts)) },
        'seed',
      ).status,
    ).toBe('fail');
  });

  const shownOtherwise: [string, Partial<SeenFacts>, RegExp][] = [
    ['base', { bases: ['sha256:other'] }, /sha256:other/],
    ['base', { bases: ['sha256:base', 'sha256:other'] }, /sha256:base and sha256:other/],
    ['cpu', { cpus: [''] }, /not held to any CPU/],
    ['cpu', { cpus: ['0', '1'] }, /CPU 0 and 1/],
    ['memory', { memoryBytes: 0 }, /without a limit/],
    ['memory', { memoryBytes: 2 ** 30 }, /1024 MiB/],
    ['surroundings', { users: ['root'] }, /user root/],
    ['surroundings', { restarts: ['no'] }, /restarted after a crash: no/],
    ['surroundings', { restarts: ['no', 'yes'] }, /restarted after a crash: no and yes/],
    ['surroundings', { environments: ['PATH (1)'] }, /environment PATH \(1\)/],
    ['node', { nodeVersions: ['v22.0.0'] }, / 22\.0\.0,/],
    ['seed', { seedHashes: { catalog: 'b' } }, /./],
    ['configured', { unlike: ['orders'] }, /orders of/],
  ];
  it.each(shownOtherwise)('fails %s where units of one variant show %j, whatever was planned', (name, other, words) => {
    const inputs: GateInputs = {
      ...fair,
      variants: fair.variants.map((facts, index) => ({ ...facts, seen: { ...shown, ...(index === 1 ? other : {}) } })),
    };
    expect(line(inputs, name)).toMatchObject({ status: 'fail', detail: expect.stringMatching(words) });
    const alike: GateInputs = { ...fair, variants: fair.variants.map((facts) => ({ ...facts, seen: shown })) };
    expect(line(alike, name).status).toBe('pass');
  });

  it.each(['base', 'cpu', 'memory'])('says of %s whether it was seen or is so by construction', (name) => {
    const withSeen = (seen: SeenFacts | null): GateInputs => ({
      ...fair,
      variants: fair.variants.map((facts) => ({ ...facts, seen })),
    });
    expect(line(withSeen(null), name).detail).toContain('by construction');
    const cannotTell = { ...shown, bases: null, cpus: null, memoryBytes: null };
    expect(line(withSeen(cannotTell), name).detail).toContain('by construction');
    expect(line(withSeen(shown), name).detail).toContain('as seen in every running unit');
  });

  const withSeen = (...seen: (SeenFacts | null)[]): GateInputs => ({
    ...fair,
    variants: fair.variants.map((facts, index) => ({ ...facts, seen: seen[index % seen.length] ?? null })),
  });

  it('passes no settings, data or surroundings that nobody has seen', () => {
    const blind: SeenFacts = { ...seenFacts([{ unit: 'a', instance: 0, facts: { configured: null } }]) };
    for (const seen of [[blind], [blind, shown], [shown, blind]]) {
      expect(line(withSeen(...seen), 'configured')).toMatchObject({
        status: 'unknown',
        detail: expect.stringContaining('cannot be seen in a of ') as unknown,
      });
      expect(line(withSeen(...seen), 'surroundings').status).toBe('unknown');
      expect(line(withSeen(...seen), 'seed')).toMatchObject({
        status: 'unknown',
        detail: expect.stringContaining('told the hash of its data') as unknown,
      });
    }
    expect(line(withSeen(shown, { ...blind, unlike: ['b'] }), 'configured').status).toBe('fail');
  });

  const cannotTell: SeenFacts = {
    ...shown,
    ...{ bases: null, cpus: null, memoryBytes: null, quotas: null, processes: null, swaps: null, seedHashes: null },
  };
  const limits = ['base', 'cpu', 'generator-cpu', 'memory', 'limits', 'seed'];

  it.each(limits)('passes no %s once units run that one variant, or none, shows', (name) => {
    expect(line(withSeen(shown), name).status).toBe('pass');
    for (const seen of [[cannotTell], [cannotTell, shown], [shown, cannotTell]])
      expect(line(withSeen(...seen), name).status).toBe('unknown');
  });

  const dropped: [string, Partial<SeenFacts>, RegExp][] = [
    ['base', { bases: [OTHER_BASE] }, /not the base that was planned/],
    ['cpu', { cpus: [''] }, /not held to any CPU, planned: CPU 0/],
    ['cpu', { cpus: ['0', ''] }, /some units not held to any CPU/],
    ['cpu', { cpus: ['0-1'] }, /CPU 0,1 for all .*, planned: CPU 0 for/],
    ['cpu', { cpus: ['1'] }, /CPU 1 /],
    ['generator-cpu', { cpus: ['0-1'] }, /CPU 1 is used by both/],
    ['generator-cpu', { cpus: [''] }, /CPU 1 is used by both/],
    ['memory', { memoryBytes: 0 }, /without a limit, planned: 2048 MiB/],
    ['memory', { memoryBytes: 2 ** 30 }, /1024 MiB/],
    ['memory', { memoryByUnit: { all: 2 ** 20 } }, /unit "all" has 1 MiB, planned/],
    ['limits', { quotas: ['0.5 CPUs'] }, /CPU time 0.5 CPUs, planned: none/],
  ];
  it.each(dropped)('fails %s that all variants show alike and otherwise than planned: %j', (name, other, words) => {
    const all = withSeen({ ...shown, ...other });
    const inputs = { ...all, variants: all.variants.map((facts) => ({ ...facts, generatorCpus: [1] })) };
    const failed = line(inputs, name);
    expect(failed).toMatchObject({ status: 'fail', detail: expect.stringMatching(words) as unknown });
    expect(stoppingChecks([failed])).toHaveLength(1);
    expect(line({ ...inputs, declared: [name] }, name).status).toBe('declared');
    // What one shows cannot be passed because the other shows nothing.
    const [first, second] = inputs.variants;
    const blind = { ...inputs, variants: [first!, { ...second!, seen: cannotTell }] };
    expect(line(blind, name).status).toBe('fail');
  });

  it.each([
    ['rolling', /; while a release replaces a unit one instance more of it, at most [\d,]+ MiB$/],
    ['blue-green', /; as much again while a release is switched over$/],
    ['recreate', /^2048 MiB for all units of a deployment together[^;]*$/],
    [null, /^2048 MiB for all units of a deployment together[^;]*$/],
  ] as const)('says what memory a release that is %s takes beside', (strategy, words) => {
    expect(line({ ...fair, strategy }, 'memory').detail).toMatch(words);
  });

  it('takes equal shares of several instances, which leave some bytes over, for the total they were planned of', () => {
    const variants = fair.variants.map((facts) => {
      const units = facts.variant.topology.units.map((unit) => ({ ...unit, instances: 3 }));
      const variant = { ...facts.variant, topology: { ...facts.variant.topology, units } };
      const shares = memoryOfUnits(variant, 2 ** 31);
      const memoryBytes = Object.values(shares).reduce((sum, bytes) => sum + 3 * bytes, 0);
      return { ...facts, variant, seen: { ...shown, memoryBytes, memoryByUnit: shares } };
    });
    expect(new Set(variants.map(({ seen }) => seen.memoryBytes)).size).toBeGreaterThan(1);
    expect(line({ ...fair, variants }, 'memory')).toMatchObject({ status: 'pass' });
    const [first, ...others] = variants.map((facts) => ({ ...facts, seen: { ...facts.seen, memoryBytes: 2 ** 30 } }));
    expect(line({ ...fair, variants: [first!, ...others] }, 'memory').status).toBe('fail');
  });

  it('takes sets of CPUs for what they are, however they are written', () => {
    const planned = { ...fair, variants: fair.variants.map((facts) => ({ ...facts, cpus: [0, 1, 2, 5] })) };
    const seen = (cpus: string) => ({ ...shown, cpus: [cpus] });
    const variants = planned.variants.map((facts, index) => ({
      ...facts,
      seen: seen(['0-2,5', '0,1,2,5'][index % 2]!),
    }));
    expect(line({ ...planned, variants }, 'cpu').status).toBe('pass');
  });

  it.each([
    ['cpu', { cpus: [''] }, 'not held to any CPU; this runtime is not asked for more'],
    ['memory', { memoryBytes: 0 }, 'without a limit; this runtime is not asked for more'],
  ] satisfies [string, Partial<SeenFacts>, string][])(
    'says of %s that was not planned that there is none, and passes and fails nothing',
    (name, other, detail) => {
      const all = withSeen({ ...shown, ...other, memoryByUnit: { all: 0 } });
      const variants = all.variants.map((facts) => ({ ...facts, cpus: null, generatorCpus: null, memoryBytes: null }));
      expect(line({ ...all, variants }, name)).toMatchObject({ status: 'unknown', detail });
      expect(stoppingChecks(fairnessGate({ ...all, variants }))).toEqual([]);
    },
  );

  it('takes the Node that runs a process for its base, whichever was found', () => {
    const process = (...nodes: string[]): GateInputs => ({
      ...fair,
      variants: fair.variants.map((facts, index) => ({
        ...facts,
        ...{ generator: 'process' as const, base: null },
        seen: { ...cannotTell, nodeVersions: [nodes[index % nodes.length] ?? ''] },
      })),
    });
    expect(line(process('v24.0.0'), 'base').status).toBe('pass');
    expect(line(process('v24.0.0', 'v22.0.0'), 'base').status).toBe('fail');
  });

  it('shows no limits of processes, and fails none', () => {
    const none = { ...cannotTell, cpus: ['0'] };
    expect(line(withSeen(none), 'limits').status).toBe('unknown');
    expect(stoppingChecks(fairnessGate(withSeen(none)))).toEqual([]);
  });

  it('says what of the surroundings no unit shows is the same by construction, as of a process that starts again', () => {
    const process = { ...shown, restarts: null };
    expect(line(withSeen(process), 'surroundings')).toMatchObject({
      status: 'pass',
      detail:
        'user 1000:1000, environment PATH (0), as seen in every running unit; restarted after a crash: the same by construction',
    });
    expect(line(withSeen(process, { ...process, users: ['root'] }), 'surroundings').status).toBe('fail');
  });

  it.each(['base', 'cpu', 'memory'])(
    'fails %s that differs among those that show it, though one shows nothing',
    (name) => {
      const others = { ...shown, bases: ['other'], cpus: ['0-7'], memoryBytes: 1 };
      const nothing = { ...shown, bases: null, cpus: null, memoryBytes: null };
      const three = { ...withSeen(shown, others), variants: [...withSeen(shown, others).variants] };
      const [first] = three.variants;
      three.variants.push({ ...first!, seen: nothing });
      expect(line(three, name).status).toBe('fail');
    },
  );

  it('compares the Node that the units told of', () => {
    const told = (...versions: string[]): GateInputs => ({
      ...fair,
      variants: fair.variants.map((facts, index) => ({
        ...facts,
        seen: { ...shown, nodeVersions: [versions[index] ?? 'v24.0.0'] },
      })),
    });
    expect(line(fair, 'node').status).toBe('unknown');
    expect(line(told(), 'node').status).toBe('pass');
    expect(line(told('v22.0.0'), 'node').status).toBe('fail');
  });

  const { rounds } = makeResult({ blocks: 1, faults: [], everything: false, requests: 10 });
  const watched = rounds[0]!;
  const withDisturbances = (disturbances: string[]) => ({
    ...watched.latency!,
    generator: { ...watched.latency!.generator, disturbances },
  });
  type Watched = Pick<Round, 'status' | 'latency' | 'quietness'>;
  const kinds = {
    quiet: { ...watched, status: 'completed', latency: withDisturbances([]), quietness: calm },
    disturbed: { ...watched, status: 'disturbed', latency: withDisturbances(['CPU withheld']), quietness: calm },
    invalid: { ...watched, status: 'invalid', latency: withDisturbances([]), quietness: calm },
    both: { ...watched, status: 'invalid', latency: withDisturbances(['CPU withheld']), quietness: calm },
    failed: { ...watched, status: 'failed', latency: null, quietness: null },
    faultsOnly: { ...watched, status: 'completed', latency: null, quietness: null },
  } as const satisfies Record<string, Watched>;
  it.each<[(keyof typeof kinds)[], GateCheck['status'], string]>([
    [['quiet', 'quiet'], 'pass', 'timers'],
    [['disturbed', 'quiet', 'quiet'], 'pass', '1 of 3 watched rounds were disturbed; before'],
    [['disturbed', 'disturbed', 'failed', 'quiet'], 'fail', '2 of 3 watched rounds were disturbed; before'],
    [['invalid', 'invalid'], 'fail', '2 of 2 watched rounds were invalid, which shows no quiet machine; before'],
    [['both', 'both', 'both'], 'fail', '3 of 3 watched rounds were disturbed; before'],
    [['both', 'invalid', 'quiet'], 'fail', '1 of 3 watched rounds were disturbed, 1 of 3 watched rounds were invalid'],
    // Repeats of single faults look at no quietness: they outweigh nothing.
    [['disturbed', 'disturbed', 'faultsOnly', 'faultsOnly', 'faultsOnly'], 'fail', '2 of 2 watched rounds'],
    [['failed', 'faultsOnly'], 'pass', 'timers'],
  ])('judges quietness over the whole run: %s', (names, status, detail) => {
    const checks = quietOverTheRun(
      fairnessGate(fair),
      names.map((name) => kinds[name]),
    );
    const quiet = checks.find(({ name }) => name === 'quiet');
    expect([quiet?.status, quiet?.detail]).toEqual([status, expect.stringContaining(detail)]);
  });

  it('says unknown where the runtime cannot tell', () => {
    expect(
      line(
        unlike(() => ({ cpus: null })),
        'cpu',
      ).status,
    ).toBe('unknown');
    expect(
      line(
        unlike(() => ({ cpus: null })),
        'generator-cpu',
      ).status,
    ).toBe('unknown');
    expect(line({ ...fair, quietness: null }, 'quiet').status).toBe('unknown');
    expect(line({ ...fair, versions: { engine: null } }, 'versions').status).toBe('unknown');
  });

  it('wants the generator off the CPUs of the application where there are enough', () => {
    const crowded = { ...fair, variants: fair.variants.map((facts) => ({ ...facts, cpus: [0], generatorCpus: [0] })) };
    expect(line({ ...crowded, machineCpus: 2 }, 'generator-cpu').status).toBe('fail');
    expect(line({ ...crowded, machineCpus: 1 }, 'generator-cpu').status).toBe('declared');
  });

  it('counts only CPUs that the engine lets them on', () => {
    const one = { ...environment, cpus: 64, usableCpus: 1, applicationCpus: [5], generatorCpus: [5] };
    const planned = plannedGateInputs(experiment, application, one, calm);
    expect(line(planned, 'generator-cpu')).toMatchObject({
      status: 'declared',
      detail: expect.stringContaining('CPU 5 is used by both') as unknown,
    });
    const two = { ...one, usableCpus: 2 };
    expect(line(plannedGateInputs(experiment, application, two, calm), 'generator-cpu').status).toBe('fail');
  });

  it.each([
    [[4], [0, 2], ['4'], 'pass'],
    [[6, 7], [4, 5], ['6-7'], 'pass'],
    [[6, 7], [4, 5], ['4-7'], 'fail'],
    // Units that are held to none may be on all, also on those beyond as many as there are.
    [[6, 7], [4, 5], [''], 'fail'],
  ])('knows CPUs by any number: planned %j, generator %j, seen %j', (cpus, generatorCpus, seen, status) => {
    const variants = fair.variants.map((facts) => ({
      ...{ ...facts, cpus, generatorCpus },
      seen: { ...shown, cpus: seen },
    }));
    expect(line({ ...fair, variants, machineCpus: 4 }, 'generator-cpu').status).toBe(status);
  });

  it('fails a busy machine without stopping the run', () => {
    const busy = { ...fair, quietness: judgeQuietness({ ...quietReading, foreignCpuShare: 0.4 }) };
    expect(line(busy, 'quiet')).toMatchObject({
      status: 'fail',
      detail: 'other programs used 40 % of the processors (at most 5 %)',
    });
    expect(stoppingChecks(fairnessGate(busy))).toEqual([]);
  });
});
