import { describe, expect, it } from 'vitest';
import { parseTopology, presets, settingsSchema, type Application, type Experiment } from '../model/index.ts';
import { problemsAfter, runFake } from './testing/index.ts';

const settings = settingsSchema.parse({ store: 'postgres' });
const variants = [
  'whole=all*3:front+work+extra',
  'nothing=all:front+work+extra',
  'hot-only=rest:front+work|extra*2:extra',
].map((text) => {
  const topology = parseTopology(text);
  return { name: topology.name, topology, settings };
});

const scaled =
  (change: Partial<NonNullable<Experiment['probes']['scaling']>> = {}, cuts = variants) =>
  (experiment: Experiment, application: Application): Experiment => {
    const { scaling } = presets.scaling.build(application).probes;
    if (scaling == null) throw new Error('no probe');
    return {
      ...experiment,
      variants: cuts,
      blocks: 3,
      looks: null,
      noiseFloor: false,
      resources: { ...experiment.resources, cpus: 1 },
      probes: {
        ...experiment.probes,
        isolation: null,
        scaling: { ...scaling, search: { ...scaling.search, precision: 0.03 }, hot: 'extra', ...change },
      },
    };
  };

/** A call of any module costs the same, ms. */
const cpuMs = (): number => 2;

describe('an experiment that scales at an equal budget', () => {
  it('finds what each way to give it out carries, in place, and leaves each deployment as it was', async () => {
    const held = new Set<string>();
    // A little more on one deployment than on another.
    let sites = 0;
    const outcome = await runFake({
      experiment: scaled(),
      cpuMs: () => 2 * (1 + 0.05 * ((sites * 7) % 4)),
      script: ({ call, unit }) => {
        if (call === 'limit-cpu') held.add(unit ?? '');
        if (call === 'open-site') sites += 1;
      },
    });
    expect(problemsAfter(outcome)).toEqual([]);
    const { result } = outcome;
    expect(result?.status).toBe('completed');
    expect(result?.rounds).toHaveLength(9);
    for (const { variant, scaling, changed } of result?.rounds ?? []) {
      expect(changed).toEqual([]);
      const [declared, total] = { nothing: [1, 1], whole: [3, 3], 'hot-only': [2, 3] }[variant] ?? [];
      expect(scaling).toMatchObject({ hot: 'extra', declared, total, applicationCpus: 1, totalCores: 0.6 });
      expect((scaling?.coresEach ?? 0) * (scaling?.total ?? 0)).toBeCloseTo(0.6);
      for (const load of ['skewed', 'even'] as const) {
        const points = scaling?.points.filter((one) => one.load === load) ?? [];
        expect(points.map(({ instances }) => instances).toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: declared ?? 0 }, (_, index) => index + 1),
        );
        const good = points
          .toSorted((a, b) => a.instances - b.instances)
          .map(({ goodPerSecond }) => goodPerSecond ?? 0);
        if (variant === 'whole') {
          expect(good).toEqual(good.toSorted((a, b) => a - b));
          expect(good.at(-1)).toBeGreaterThan(2 * (good[0] ?? 0));
        }
      }
      if (variant === 'nothing') expect(scaling?.elastic).toBeNull();
      else {
        expect(scaling?.elastic).toMatchObject({ from: 1, to: declared, watchedMs: 12_000 });
        expect(scaling?.elastic?.addedMs).toHaveLength((declared ?? 0) - 1);
        expect(scaling?.elastic?.lost).toBeLessThan(scaling?.elastic?.scheduled ?? 0);
        // Nothing takes long to start here; where the rest of the cut is the limit, more of the hot unit is of no use.
        if (variant === 'whole') expect(scaling?.elastic?.metMs).toBeLessThan(3000);
      }
    }
    expect([...held].toSorted()).toEqual(['all', 'extra', 'rest']);
    const found = result?.findings.filter(({ probe }) => probe === 'scaling') ?? [];
    expect([...new Set(found.map(({ family }) => family))].toSorted()).toEqual([
      ...[
        'elastic step',
        'elastic step, details',
        'even load',
        'even load, details',
        'skewed load',
        'skewed load, details',
      ],
    ]);
    // In the cut a third of the budget is for all that is not hot, which asks for more than half of it.
    const hotOnly = found.find(
      ({ metric, variant }) => metric === 'skewed-good-rate' && variant.variant === 'hot-only',
    );
    expect(hotOnly).toMatchObject({ verdict: 'worse', method: 't' });
  });

  it('is measured in another order of counts in each block', async () => {
    const { result } = await runFake({ experiment: scaled(), cpuMs });
    const orders = result?.rounds
      .filter(({ variant }) => variant === 'whole')
      .map(({ scaling }) => scaling?.points.map(({ instances }) => instances).join(' '));
    expect(new Set(orders).size).toBeGreaterThan(1);
  });

  it('lets new instances work under each load before it is searched, as much each whatever their number', async () => {
    const { result, events } = await runFake({ experiment: scaled({ elasticMs: null }), cpuMs });
    const slices = events.flatMap((event) => (event.type === 'load' ? [event] : []));
    const asked: Record<string, number> = {};
    for (const { id, variant } of result?.rounds ?? []) {
      const mine = slices.filter(({ roundId }) => roundId === id);
      const phases = [...new Set(mine.map(({ phase }) => phase.replace(/ at .*$/, '')))].filter((phase) =>
        phase.includes(' load ×'),
      );
      let before = 0;
      const unknown = new Set<string>();
      const wanted = phases.flatMap((phase) => {
        const [, load = '', instances = ''] = /^(skewed|even) load ×(\d+)$/.exec(phase) ?? [];
        if (load === '') return [];
        if (Number(instances) > before) for (const one of ['skewed', 'even']) unknown.add(one);
        before = Number(instances);
        return unknown.delete(load) ? [`settling, ${phase}`, phase] : [phase];
      });
      expect(phases).toEqual(wanted);
      for (const { phase, slice } of mine)
        if (phase.startsWith('settling')) {
          const key = `${variant}, ${phase}`;
          asked[key] = (asked[key] ?? 0) + slice.scheduled;
        }
    }
    const rounds = (key: string): number =>
      new Set(slices.flatMap(({ phase, variant, roundId }) => (`${variant}, ${phase}` === key ? [roundId] : []))).size;
    for (const load of ['skewed', 'even']) {
      const each = Object.entries(asked).flatMap(([key, scheduled]) => {
        const serving = Number(key.split('×')[1]);
        const instances = key.startsWith('hot-only') ? serving + 1 : serving;
        return key.includes(load) ? [scheduled / rounds(key) / instances] : [];
      });
      expect(each.length).toBeGreaterThanOrEqual(3);
      expect(Math.max(...each)).toBeLessThan(1.5 * Math.min(...each));
    }
  });

  it('says nothing of a load that the generator could not double', async () => {
    const { result } = await runFake({
      experiment: (experiment, application) => ({ ...scaled()(experiment, application), maxRepeats: 0 }),
      cpuMs,
      health: ({ identitySalt }) => (identitySalt === 'twice the load' ? { saturated: true, valid: false } : {}),
    });
    expect(result?.rounds.some(({ scaling }) => scaling?.elastic != null)).toBe(true);
    const found = result?.findings.filter(({ probe }) => probe === 'scaling') ?? [];
    expect(found.map(({ metric }) => metric)).toContain('skewed-good-rate');
    expect(found.filter(({ metric }) => metric.startsWith('elastic'))).toEqual([]);
  });

  it.each(['add-instance', 'hold'])('leaves nothing when it is cancelled in the middle (%s)', async (when) => {
    const controller = new AbortController();
    let seen = 0;
    const outcome = await runFake({
      experiment: scaled(),
      ...{ cpuMs, controller },
      script: ({ call }) => {
        if (call === (when === 'hold' ? 'limit-cpu' : 'start-unit') && ++seen === 6) controller.abort();
      },
    });
    expect(problemsAfter(outcome)).toEqual([]);
    expect(outcome.result?.status).toBe('cancelled');
  });

  it('gives a round up where an instance cannot be held, and says why', async () => {
    const outcome = await runFake({
      experiment: (experiment, application) => ({ ...scaled()(experiment, application), blocks: 1, maxRepeats: 0 }),
      cpuMs,
      script: ({ call, unit }) => {
        if (call === 'limit-cpu' && unit === 'extra') throw new Error('the engine stumbled');
      },
    });
    expect(problemsAfter(outcome)).toEqual([]);
    expect(outcome.result?.rounds.map(({ variant, status }) => [variant, status]).toSorted()).toEqual([
      ['hot-only', 'failed'],
      ['nothing', 'completed'],
      ['whole', 'completed'],
    ]);
  });

  it('is refused before anything runs where units cannot be held to a share, or the share is too small', async () => {
    const without = await runFake({ experiment: scaled(), capabilities: { cpuQuota: false } });
    expect(String(without.error)).toMatch(
      /field "probes\.scaling": .* this runtime has no limits of CPU; allowed: Docker, or an experiment without the probe$/,
    );
    const small = await runFake({ experiment: scaled({ cpuShare: 0.2 }) });
    expect(String(small.error)).toMatch(
      /field "probes\.scaling": variant "whole" would hold each of its 3 instances to 0\.067 CPU; allowed: at least 0\.1/,
    );
    for (const { runtime } of [without, small])
      expect(runtime?.calls.made.filter(({ call }) => call === 'start-unit')).toEqual([]);
  });

  it.each([
    [
      'a module that is not there',
      { hot: 'ghost' },
      undefined,
      /scaling\.hot": unknown module "ghost"; allowed: front, work, extra/,
    ],
    ['a module that everything needs', { hot: 'front' }, undefined, /every endpoint that journeys ask needs "front"/],
    [
      'nothing that has several instances',
      {},
      variants.slice(1, 2),
      /no variant has several instances of the unit with "extra"/,
    ],
  ])('is refused with %s', async (_title, change, cuts, problem) => {
    const { error } = await runFake({ experiment: scaled(change, cuts) });
    expect(String(error)).toMatch(problem);
  });
});
