import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishedRounds, type LabEvent, type UnitState } from '../../../engine/model/index.ts';
import { makeResult } from '../../../report/testing/index.ts';
import { newerThan } from '../run-store.ts';
import { applyEvents } from './apply-events.ts';
import { chartRows, latestSeries, niceTop } from './chart-data.ts';
import { currentStep, progressOf, remainingMs, sentenceOf } from './derive.ts';
import { groupSteps } from './group-steps.ts';
import { emptyRun, limits, type RunView } from './run-view.ts';
import { drawnUnit } from './units.ts';

const result = makeResult({ blocks: 2, everything: false, requests: 10 });
const { experiment } = result;

const states: UnitState[] = ['building', 'starting', 'ready', 'faulted', 'restarting', 'stopped', 'failed'];
const times = fc.integer({ min: 0, max: 1_000_000 });
const ids = fc.constantFrom('a', 'b', 'c', 'd');
const variants = fc.constantFrom('monolith', 'microservices');
const fault = { kind: 'slow' as const, module: 'catalog', delayMs: 200 };

const anyEvent: fc.Arbitrary<LabEvent> = fc.oneof(
  fc.record({
    atMs: times,
    type: fc.constant('run-started' as const),
    runId: fc.constant('run'),
    experiment: fc.constant(experiment),
    runtime: fc.constant('docker' as const),
    rounds: fc.constant(4),
    estimateMs: fc.constant(100_000),
  }),
  fc.record({
    atMs: times,
    type: fc.constant('step-started' as const),
    stepId: ids,
    parentId: fc.option(ids),
    roundId: fc.option(ids),
    title: fc.constant('A step'),
  }),
  fc.record({
    atMs: times,
    type: fc.constant('step-ended' as const),
    stepId: ids,
    outcome: fc.constantFrom('done' as const, 'failed' as const, 'cancelled' as const),
    durationMs: times,
    detail: fc.constant(null),
  }),
  fc.record({
    atMs: times,
    type: fc.constant('round-started' as const),
    roundId: ids,
    block: fc.nat(1),
    position: fc.nat(1),
    variant: variants,
    replica: fc.boolean(),
    attempt: fc.constant(1),
  }),
  fc.record({ atMs: times, type: fc.constant('round-ended' as const), round: fc.constantFrom(...result.rounds) }),
  fc.record({
    atMs: times,
    type: fc.constant('unit-state' as const),
    instance: fc.constantFrom(0, 1),
    variant: variants,
    unit: ids,
    state: fc.constantFrom(...states),
    detail: fc.constant(null),
  }),
  fc.record({
    atMs: times,
    type: fc.constant('log' as const),
    variant: variants,
    unit: ids,
    stream: fc.constant('stdout' as const),
    line: fc.string(),
  }),
  fc.record({
    atMs: times,
    type: fc.constant('load' as const),
    roundId: ids,
    variant: variants,
    phase: fc.constant('load'),
    slice: fc.record({
      startMs: times,
      lengthMs: fc.constant(1000),
      scheduled: fc.nat(100),
      good: fc.nat(100),
      errors: fc.nat(5),
      p50Ms: fc.option(fc.nat(50)),
      p95Ms: fc.option(fc.nat(90)),
      p99Ms: fc.option(fc.nat(99)),
    }),
  }),
  fc.record({
    atMs: times,
    type: fc.constant('fault' as const),
    variant: variants,
    phase: fc.constantFrom('injecting' as const, 'active' as const, 'undoing' as const, 'undone' as const),
    fault: fc.constant(fault),
    unit: ids,
  }),
  fc.record({
    atMs: times,
    type: fc.constant('message' as const),
    level: fc.constant('warning' as const),
    text: fc.string(),
  }),
  fc.record({ atMs: times, type: fc.constant('cancelling' as const), text: fc.constant('Undoing faults.') }),
  fc.record({
    atMs: times,
    type: fc.constant('run-ended' as const),
    outcome: fc.constant('cancelled' as const),
    resultId: fc.constant(null),
    text: fc.constant('Cancelled.'),
  }),
);

function expectValid(view: RunView): void {
  for (const now of [0, 500_000, 2_000_000]) {
    expect(progressOf(view, now)).toBeGreaterThanOrEqual(0);
    expect(progressOf(view, now)).toBeLessThanOrEqual(1);
    const left = remainingMs(view, now);
    if (left !== null) expect(left).toBeGreaterThanOrEqual(0);
  }
  expect(sentenceOf(view).length).toBeGreaterThan(0);
  expect(new Set(view.steps.map((step) => step.id)).size).toBe(view.steps.length);
  expect(new Set(view.rounds.map((round) => round.id)).size).toBe(view.rounds.length);
  expect(view.logs.length).toBeLessThanOrEqual(limits.logs);
  expect(view.messages.length).toBeLessThanOrEqual(limits.messages);
  for (const one of view.series) expect(one.points.length).toBeLessThanOrEqual(limits.points);
  for (const units of Object.values(view.units))
    expect(new Set(units.map((unit) => `${unit.name} ${unit.instance}`)).size).toBe(units.length);
  expect(view.faults.every((one) => one.phase !== 'undone')).toBe(true);
  expect(groupSteps(view.steps, view.rounds).flatMap((group) => group.steps)).toEqual(view.steps);
}

describe('the view of a run', () => {
  it('is valid after any prefix of any events', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), fc.nat(60), (events, cut) => {
        expectValid(applyEvents(emptyRun, events.slice(0, cut)));
      }),
    );
  });

  it('does not depend on how events were batched', () => {
    const realistic = fc
      .array(anyEvent, { maxLength: 60 })
      .map((events) => events.filter((event) => event.type !== 'load' && event.type !== 'run-ended'));
    fc.assert(
      fc.property(realistic, fc.nat(60), (events, cut) => {
        const whole = applyEvents(emptyRun, events);
        const parts = applyEvents(applyEvents(emptyRun, events.slice(0, cut)), events.slice(cut));
        expect(parts).toEqual(whole);
      }),
    );
  });

  it('keeps the identity of what no event touched', () => {
    const before = applyEvents(emptyRun, [
      { atMs: 1, type: 'step-started', stepId: 's', parentId: null, roundId: null, title: 'Build' },
    ]);
    const after = applyEvents(before, [
      { atMs: 2, type: 'log', variant: 'monolith', unit: 'shop', stream: 'stdout', line: 'hello' },
    ]);
    expect(after.steps).toBe(before.steps);
    expect(after.units).toBe(before.units);
    expect(after.series).toBe(before.series);
    expect(after.messages).toBe(before.messages);
    expect(applyEvents(after, [])).toBe(after);
  });

  it('bounds logs and points', () => {
    const logs = Array.from({ length: 2500 }, (_, index): LabEvent => ({
      atMs: index,
      type: 'log',
      variant: 'monolith',
      unit: 'shop',
      stream: 'stdout',
      line: `${index}`,
    }));
    const view = applyEvents(emptyRun, logs);
    expect(view.logs).toHaveLength(limits.logs);
    expect(view.logs.at(-1)?.line).toBe('2499');
    expect(view.logs.at(0)?.number).toBe(501);
  });

  it('says of deployments that take turns that they do, and counts their time once', () => {
    const round = (roundId: string, position: number, variant: string, atMs: number): LabEvent => ({
      ...{ atMs, type: 'round-started', roundId, block: 0, position, variant, replica: false, attempt: 1 },
    });
    const view = applyEvents(emptyRun, [
      { atMs: 0, type: 'run-started', runId: 'r', experiment, runtime: 'docker', rounds: 4, estimateMs: 40_000 },
      round('r0', 0, 'monolith', 0),
      round('r1', 1, 'microservices', 4000),
      { atMs: 5000, type: 'step-started', stepId: 's', parentId: null, roundId: 'r1', title: 'Measure response times' },
    ]);
    expect(sentenceOf(view)).toBe('Block 1 of 2, 2 deployments in turn: Measure response times.');
    expect(progressOf(view, 10_000)).toBeCloseTo(0.25, 6);
  });

  it('of a run that may end early says at most, and of one with a budget how much of its time is over', () => {
    const planned = { ...experiment, looks: [{ blocks: 2, alphaSpent: 0.05 }], budgetMs: 40_000 };
    const view = applyEvents(emptyRun, [
      {
        atMs: 0,
        type: 'run-started',
        runId: 'r',
        experiment: planned,
        runtime: 'docker',
        rounds: 4,
        estimateMs: 40_000,
      },
      {
        ...{ atMs: 1, type: 'round-started', roundId: 'r0', block: 0, position: 0 },
        ...{ variant: 'monolith', replica: false, attempt: 1 },
      },
    ]);
    expect(sentenceOf(view)).toMatch(/^Block 1 of at most 2, monolith/);
    expect(progressOf(view, 10_000)).toBeCloseTo(0.25, 6);
    expect(remainingMs(view, 10_000)).toBe(30_000);
    expect(remainingMs(view, 90_000)).toBe(0);
  });

  it('keeps what is known after the last block', () => {
    const known = (blocks: number, judged: boolean): LabEvent => ({
      ...{ atMs: blocks, type: 'findings', blocks, judged, open: 1 },
      findings: result.findings,
    });
    const view = applyEvents(emptyRun, [known(1, false), known(3, true)]);
    expect(view.head.known).toMatchObject({ blocks: 3, judged: true, open: 1 });
  });

  it('says what happens now', () => {
    const events: LabEvent[] = [
      { atMs: 0, type: 'run-started', runId: 'r', experiment, runtime: 'docker', rounds: 4, estimateMs: 40_000 },
      { atMs: 1, type: 'step-started', stepId: 's0', parentId: null, roundId: null, title: 'Checking fairness' },
    ];
    const early = applyEvents(emptyRun, events);
    expect(sentenceOf(early)).toBe('Checking fairness.');
    const later = applyEvents(early, [
      { atMs: 2, type: 'step-ended', stepId: 's0', outcome: 'done', durationMs: 1, detail: null },
      {
        atMs: 3,
        type: 'round-started',
        roundId: 'r0',
        block: 0,
        position: 0,
        variant: 'monolith',
        replica: false,
        attempt: 1,
      },
      { atMs: 4, type: 'step-started', stepId: 's1', parentId: null, roundId: 'r0', title: 'Round' },
      { atMs: 5, type: 'step-started', stepId: 's2', parentId: 's1', roundId: 'r0', title: 'Warm-up' },
    ]);
    expect(currentStep(later.steps)?.title).toBe('Warm-up');
    expect(later.steps.map((step) => step.depth)).toEqual([0, 0, 1]);
    expect(sentenceOf(later)).toBe('Block 1 of 2, monolith: Warm-up.');
    expect(progressOf(later, 5003)).toBeCloseTo(0.125, 2);
    const cancelled = applyEvents(later, [{ atMs: 6, type: 'cancelling', text: 'Removing 3 units.' }]);
    expect(sentenceOf(cancelled)).toBe('Removing 3 units.');
    expect(remainingMs(cancelled, 7)).toBeNull();
    const ended = applyEvents(cancelled, [
      { atMs: 9, type: 'run-ended', outcome: 'cancelled', resultId: null, text: 'Cancelled.' },
    ]);
    expect(ended.rounds[0]?.status).toBe('cancelled');
    expect(ended.steps.every((step) => step.outcome !== 'running')).toBe(true);
    expect(finishedRounds(ended.rounds)).toBe(0);
  });

  it('counts restarts and starts a new round of a variant afresh', () => {
    const unit = (state: UnitState, atMs: number): LabEvent => ({
      atMs,
      type: 'unit-state',
      variant: 'monolith',
      unit: 'shop',
      state,
      detail: null,
    });
    const view = applyEvents(emptyRun, [
      unit('ready', 1),
      unit('restarting', 2),
      unit('restarting', 3),
      unit('ready', 4),
      unit('restarting', 5),
    ]);
    expect(view.units['monolith']?.[0]).toMatchObject({ restarts: 2, state: 'restarting', sinceMs: 5 });
    const next = applyEvents(view, [
      {
        atMs: 6,
        type: 'round-started',
        roundId: 'x',
        block: 1,
        position: 0,
        variant: 'monolith',
        replica: false,
        attempt: 1,
      },
    ]);
    expect(next.units['monolith']).toEqual([]);
  });

  it('has a unit of several instances ready when all of them are', () => {
    let atMs = 0;
    const told = (state: UnitState, instance = 0): LabEvent => ({
      ...{ atMs: (atMs += 1), type: 'unit-state', variant: 'cut', unit: 'shop', state, detail: null },
      ...(instance === 0 ? {} : { instance }),
    });
    const drawn = (events: LabEvent[], wanted = 2) =>
      drawnUnit(applyEvents(emptyRun, events).units['cut'] ?? [], wanted, []);
    const begin = [told('building'), told('creating'), told('creating', 1), told('ready', 1)];
    expect(drawn(begin)).toMatchObject({ state: 'creating', detail: '1 of 2 instances are ready' });
    const all = [...begin, told('ready')];
    expect(drawn(all)).toMatchObject({ state: 'ready', detail: '2 of 2 instances are ready' });
    expect(drawn([...all, told('restarting', 1), told('ready', 1)])).toMatchObject({ state: 'ready', restarts: 1 });
    expect(drawn([...all, told('stopped'), told('stopped', 1)])).toMatchObject({ state: 'stopped', detail: null });
    // One that took the place of another is the one there is.
    expect(drawn([told('ready'), told('ready', 1), told('stopped')], 1)).toMatchObject({ state: 'ready' });
  });

  it('has a unit of several instances broken where one of them is', () => {
    const view = applyEvents(emptyRun, [
      { ...{ atMs: 1, type: 'unit-state', variant: 'cut', unit: 'shop' }, state: 'ready', detail: null },
      { ...{ atMs: 2, type: 'unit-state', variant: 'cut', unit: 'shop', instance: 1 }, state: 'ready', detail: null },
    ]);
    const under = (wanted: number, instances: 'one' | undefined) =>
      drawnUnit(view.units['cut'] ?? [], wanted, [{ kind: 'freeze', module: 'catalog', instances }]).state;
    expect([under(2, 'one'), under(2, undefined), under(1, 'one')]).toEqual(['faulted', 'paused', 'paused']);
  });

  it('takes only what is newer than a snapshot', () => {
    const logs = Array.from({ length: 6 }, (_, index): LabEvent => ({
      atMs: Math.floor(index / 2),
      type: 'log',
      variant: 'v',
      unit: 'u',
      stream: 'stdout',
      line: `${index}`,
    }));
    expect(newerThan(logs.slice(0, 4), logs.slice(2))).toEqual(logs.slice(4));
    expect(newerThan([], logs)).toEqual(logs);
    expect(newerThan(logs.slice(0, 2), logs.slice(2))).toEqual(logs.slice(2));
  });
});

describe('charts of a run', () => {
  it('puts variants on one clock, each from the start of its load', () => {
    const load = (roundId: string, variant: string, startMs: number, p95Ms: number): LabEvent => ({
      atMs: startMs,
      type: 'load',
      roundId,
      variant,
      phase: 'load',
      slice: { startMs, lengthMs: 1000, scheduled: 40, good: 40, errors: 0, p50Ms: 1, p95Ms, p99Ms: null },
    });
    const view = applyEvents(emptyRun, [
      load('r0', 'monolith', 1000, 5),
      load('r0', 'monolith', 2000, 6),
      load('r1', 'microservices', 9000, 15),
    ]);
    const rows = chartRows(latestSeries(view.series, ['monolith', 'microservices']), 'p95Ms');
    expect(rows).toEqual([
      { second: 0, v0: 5, v1: 15 },
      { second: 1, v0: 6 },
    ]);
  });

  it('keeps only the last rounds of each variant', () => {
    const events = ['r0', 'r1', 'r2'].map((roundId, index): LabEvent => ({
      atMs: index,
      type: 'load',
      roundId,
      variant: 'monolith',
      phase: 'load',
      slice: { startMs: index, lengthMs: 1000, scheduled: 1, good: 1, errors: 0, p50Ms: 1, p95Ms: 1, p99Ms: 1 },
    }));
    expect(applyEvents(emptyRun, events).series.map((one) => one.roundId)).toEqual(['r1', 'r2']);
  });

  it('scales to a round number above everything', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true })), (values) => {
        expect(niceTop(values, 1)).toBeGreaterThanOrEqual(Math.max(1, ...values));
      }),
    );
    expect(niceTop([38], 5)).toBe(50);
  });
});
