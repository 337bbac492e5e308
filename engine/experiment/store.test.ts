import { describe, expect, it } from 'vitest';
import type { Experiment, Settings } from '../model/index.ts';
import { problemsAfter, runFake, unbroken } from './testing/index.ts';

const stored = (experiment: Experiment, store: Settings['store']): Experiment => ({
  ...experiment,
  variants: experiment.variants.map((variant) => ({ ...variant, settings: { ...variant.settings, store } })),
});
const ofStore = new Set(['build-database', 'start-database']);
const isOfStore = ({ call, unit }: { call: string; unit: string | null }): boolean =>
  ofStore.has(call) || (unit?.startsWith('database') ?? false);

describe.each(['postgres', 'postgres-per-unit'] as const)('an experiment on %s', (store) => {
  const onStore = (experiment: Experiment) => unbroken(stored(experiment, store));

  it('starts each server before the units whose data it holds, and counts it in', async () => {
    const outcome = await runFake({ experiment: onStore });
    expect(problemsAfter(outcome)).toEqual([]);
    const { result, runtime } = outcome;
    expect(result?.status).toBe('completed');
    for (const round of result?.rounds ?? []) {
      const { topology } = result!.experiment.variants.find(({ name }) => name === round.variant)!;
      const units = topology.units.map(({ name }) => name);
      const names = store === 'postgres' ? ['database'] : units.map((unit) => `database-${unit}`);
      const { databases = [], units: timelines } = round.deployment!;
      expect(databases.map(({ unit }) => unit).toSorted()).toEqual(names.toSorted());
      for (const { unit, createStartMs } of timelines) {
        const server = databases.find((one) => one.unit === (store === 'postgres' ? 'database' : `database-${unit}`));
        expect(server?.readyMs).toBeLessThanOrEqual(createStartMs);
      }
      const used = round.resources?.units.map(({ unit }) => unit) ?? [];
      expect(used.toSorted()).toEqual([...units, ...names].toSorted());
      const observed = round.observed.filter(({ supporting }) => supporting === true);
      expect(observed.map(({ unit }) => unit).toSorted()).toEqual(names.toSorted());
      // The servers' memory is taken from the units'.
      const total = round.observed.reduce((sum, { facts }) => sum + Number(facts['memoryBytes']), 0);
      expect(total).toBeLessThanOrEqual(result!.environment.applicationMemoryBytes!);
      expect(total).toBeGreaterThan(result!.environment.applicationMemoryBytes! - 100);
    }
    const line = result?.gate.find(({ name }) => name === 'store');
    expect(line?.status).toBe('pass');
    expect(line?.detail).toContain('PostgreSQL 18');
    expect(line?.detail).toContain('10 connections an instance');
    expect(result?.gate.filter(({ status }) => status === 'fail')).toEqual([]);
    // Cold builds are timed one variant after another; the server is the same for all.
    expect(runtime?.calls.made.filter(({ call }) => call === 'start-database').length).toBeGreaterThan(0);
  });

  it('leaves nothing behind when it is cancelled at any call that has to do with a server', async () => {
    const whole = await runFake({ experiment: onStore });
    const points = whole.runtime!.calls.made.filter(isOfStore);
    expect(points.length).toBeGreaterThan(4);
    for (const { index } of points) {
      const controller = new AbortController();
      const outcome = await runFake({
        controller,
        experiment: onStore,
        script: (call) => {
          if (call.index === index) controller.abort(new Error('cancelled by the test'));
        },
      });
      expect(problemsAfter(outcome)).toEqual([]);
      expect(outcome.events.at(-1)).toMatchObject({ outcome: 'cancelled' });
    }
  });

  it('says which server would not start, and leaves nothing', async () => {
    const outcome = await runFake({
      experiment: onStore,
      script: ({ call }) => {
        if (call === 'start-database') throw new Error('no room for a server');
      },
    });
    expect(problemsAfter(outcome)).toEqual([]);
    expect(JSON.stringify(outcome.result?.rounds.map(({ reasons }) => reasons) ?? String(outcome.error))).toContain(
      'no room for a server',
    );
  });

  it('breaks the server, and not the units', async () => {
    const { result, events } = await runFake({
      experiment: (experiment) => {
        const { isolation } = experiment.probes;
        const faults = (['store-crash', 'store-freeze', 'store-partition', 'store-starvation'] as const).map(
          (kind) => ({
            kind,
            module: 'work',
          }),
        );
        return {
          ...stored(experiment, store),
          probes: { ...experiment.probes, isolation: isolation && { ...isolation, faults } },
        };
      },
    });
    const cells = result?.rounds.flatMap(({ isolation }) => isolation) ?? [];
    expect(cells.map(({ status, reason }) => [status, reason])).toEqual(cells.map(() => ['applied', null]));
    expect(cells.length).toBeGreaterThan(0);
    for (const { unit, module } of cells) expect([unit.split('-')[0], module]).toEqual(['database', 'work']);
    const told = events.flatMap((event) => (event.type === 'fault' ? [event.unit] : []));
    expect(new Set(told)).toEqual(new Set(cells.map(({ unit }) => unit)));
  });
});

it('says that units with files of their own have no server that could be broken', async () => {
  const { result } = await runFake({
    experiment: (experiment) => ({
      ...experiment,
      probes: {
        ...experiment.probes,
        isolation: experiment.probes.isolation && {
          ...experiment.probes.isolation,
          faults: [{ kind: 'store-crash', module: 'work' }],
        },
      },
    }),
  });
  const [cell] = result?.rounds.flatMap(({ isolation }) => isolation) ?? [];
  expect(cell).toMatchObject({
    status: 'cannot-happen',
    reason: 'the store of this variant is SQLite, in a file of each unit: there is no server of it',
  });
});

it('compares two stores only where that is declared', async () => {
  const mixed = (declaredDifferences: string[]) => (experiment: Experiment) => {
    const [first, second] = experiment.variants;
    return unbroken({
      ...experiment,
      declaredDifferences,
      variants: [first!, { ...second!, settings: { ...second!.settings, store: 'postgres' as const } }],
    });
  };
  expect(String((await runFake({ experiment: mixed([]) })).error)).toContain('declaredDifferences');
  const { result } = await runFake({ experiment: mixed(['store']) });
  expect(result?.status).toBe('completed');
  expect(result?.gate.find(({ name }) => name === 'store')?.status).toBe('declared');
  expect(result?.gate.filter(({ status }) => status === 'fail')).toEqual([]);
  expect(result?.findings[0]?.declared).toContain('store');
});
