import { describe, expect, it } from 'vitest';
import {
  looksAtTheEnd,
  looksUpTo,
  type Experiment,
  type Finding,
  type LabEvent,
  type LabEventOf,
} from '../model/index.ts';
import { recompute } from './recompute.ts';
import { problemsAfter, runFake, unbroken, type FakeRunOptions } from './testing/index.ts';

const planned =
  (blocks: number, budgetMs: number | null = null) =>
  (experiment: Experiment): Experiment => ({
    ...unbroken(experiment),
    ...{ blocks, looks: looksUpTo(blocks), budgetMs, maxRepeats: 0 },
  });

const told = (events: readonly LabEvent[]) =>
  events.filter((event): event is LabEvent & LabEventOf<'findings'> => event.type === 'findings');
const messages = (events: readonly LabEvent[]) =>
  events.flatMap((event) => (event.type === 'message' ? [event.text] : []));

async function ran(experiment: (experiment: Experiment) => Experiment, options: FakeRunOptions = {}) {
  const outcome = await runFake({ ...options, experiment });
  expect(problemsAfter(outcome)).toEqual([]);
  if (outcome.result === null) throw outcome.error;
  return { ...outcome, result: outcome.result };
}

describe('a run with planned looks', () => {
  it('tells values after every block, and verdicts at looks only', async () => {
    const { events } = await ran(planned(4));
    const news = told(events);
    expect(news.slice(0, 3).map(({ blocks, judged }) => ({ blocks, judged }))).toEqual([
      { blocks: 1, judged: false },
      { blocks: 2, judged: false },
      { blocks: 3, judged: true },
    ]);
    for (const { judged, findings } of news) {
      expect(findings.length).toBeGreaterThan(3);
      if (!judged)
        for (const { interval, level, verdict, pValue } of findings)
          expect([interval, level, verdict, pValue]).toEqual([null, null, 'inconclusive', null]);
      else expect(findings.some(({ interval }) => interval !== null)).toBe(true);
    }
  });

  it('ends once every headline is decided, and keeps the look at which it was', async () => {
    const { events, result, stored } = await ran(planned(8));
    const last = told(events).at(-1);
    expect(last?.open).toBe(0);
    expect(last?.blocks).toBeLessThan(8);
    expect(messages(events).join('\n')).toMatch(
      new RegExp(`after ${last?.blocks} blocks .*headlines are decided, \\d+ differed in no`),
    );
    expect(result.status).toBe('completed');
    expect(result.order).toHaveLength(last?.blocks ?? 0);
    expect(result.looks).toEqual(looksUpTo(8).filter(({ blocks }) => blocks <= (last?.blocks ?? 0)));
    expect(stored).toEqual(result);
    expect(recompute(result).differences).toEqual([]);
  });

  it('does not call decided what cannot be compared', async () => {
    const { events } = await ran((experiment) => ({
      ...planned(8)(experiment),
      probes: {
        ...experiment.probes,
        isolation: {
          ...{ baselineMs: 1000, faultMs: 1000, recoveryMs: 5000, control: false },
          faults: [{ kind: 'partition', module: 'work', peer: 'extra' }],
        },
      },
    }));
    const last = told(events).at(-1);
    expect(last?.open).toBe(0);
    const apart = last?.findings.filter(({ effect }) => effect === null).length ?? 0;
    expect(apart).toBeGreaterThan(0);
    expect(messages(events).join('\n')).toMatch(new RegExp(`headlines are decided, .*${apart} cannot be compared`));
    expect(messages(events).join('\n')).not.toContain(`all ${last?.findings.length} headlines are decided`);
  });

  it('says of a finding the same at the look and in the result', async () => {
    const { events, result } = await ran(planned(5));
    for (const finding of told(events).at(-1)?.findings ?? [])
      expect(result.findings.find(({ id }) => id === finding.id)).toEqual(finding);
  });

  it('judges the first look at half of the level, and widens its intervals by that', async () => {
    const p50 = (findings: readonly Finding[]) => findings.find(({ metric }) => metric === 'response-p50');
    const early = told((await ran(planned(8))).events).find(({ judged }) => judged);
    const fixed = await ran((experiment) => ({ ...unbroken(experiment), blocks: 3, maxRepeats: 0 }));
    const [narrow, wide] = [p50(fixed.result.findings), p50(early?.findings ?? [])];
    expect(wide?.level).toBeLessThan(narrow?.level ?? 0);
    expect(wide?.effect).toEqual(narrow?.effect);
    const length = (finding: Finding | undefined) => (finding?.interval?.high ?? 0) - (finding?.interval?.low ?? 0);
    expect(length(wide)).toBeGreaterThanOrEqual(length(narrow));
  });
});

describe('a look that was taken', () => {
  it('is not taken back by a block that a cancel cut off', async () => {
    const { result, events } = await ran(planned(8), {
      onEvent: (event, controller) => {
        if (event.type === 'round-started' && event.block === 3) controller.abort(new Error('enough'));
      },
    });
    expect(result.status).toBe('cancelled');
    expect(result.rounds.some(({ block, status }) => block === 3 && status === 'cancelled')).toBe(true);
    expect(result.looks).toEqual(looksUpTo(8).slice(0, 1));
    for (const { id, verdict, level, interval } of told(events).at(-1)?.findings ?? [])
      expect(result.findings.find((one) => one.id === id)).toMatchObject({ verdict, level, interval });
  });

  it('counts although its record cannot be read: its chance is spent', () => {
    const plan = looksUpTo(12);
    const missing = plan.slice(0, 4).filter(({ blocks }) => blocks !== 4);
    expect(looksAtTheEnd(plan, missing, 6)).toEqual(plan.slice(0, 4));
    expect(looksAtTheEnd(plan, plan.slice(0, 1), 3)).toEqual(plan.slice(0, 1));
  });

  it('where the run ended between two, spends in proportion; below three blocks, where nothing can be found, nothing', () => {
    const rare = [3, 6, 9].map((blocks, index) => ({ blocks, alphaSpent: 0.02 + 0.015 * index }));
    expect(looksAtTheEnd(rare, rare.slice(0, 1), 4)).toEqual([
      rare[0],
      { blocks: 4, alphaSpent: expect.closeTo(0.025, 9) as number },
    ]);
    for (const blocks of [0, 1, 2]) expect(looksAtTheEnd(looksUpTo(12), [], blocks)).toEqual([]);
    // One that was planned there stays.
    const only = [{ blocks: 2, alphaSpent: 0.05 }];
    expect(looksAtTheEnd(only, [], 2)).toEqual(only);
  });
});

describe('a budget', () => {
  const oneBlockMs = async () => {
    const { result } = await ran((experiment) => ({ ...unbroken(experiment), blocks: 1 }));
    return result.rounds.reduce((sum, { durationMs }) => sum + durationMs, 0);
  };

  it('begins no block that it does not hold, says so, and keeps those it had', async () => {
    const blockMs = await oneBlockMs();
    const { events, result } = await ran(planned(12, Math.round(2.5 * blockMs)));
    expect(result.order.length).toBeLessThan(3);
    expect(result.order.length).toBeGreaterThan(0);
    expect(messages(events).join('\n')).toMatch(/the budget of \d+ s does not hold another block/);
    expect(result.status).toBe('completed');
    expect(recompute(result).differences).toEqual([]);
  });

  it('too short for anything still measures one block, which decides nothing', async () => {
    const { result } = await ran(planned(12, 1000));
    expect(result.order).toHaveLength(1);
    expect(new Set(result.findings.map(({ verdict }) => verdict))).toEqual(new Set(['inconclusive']));
  });

  it.each([true, false])('holds for what is measured again too, with looks %s', async (looks) => {
    const blockMs = await oneBlockMs();
    const late = { valid: false, saturated: true, offeredShare: 0.9, reasons: ['It could not keep up.'] };
    let block = 0;
    const { result, events } = await ran(
      (experiment) => ({
        ...unbroken(experiment),
        ...{ blocks: 9, looks: looks ? looksUpTo(9) : null, budgetMs: Math.round(3.5 * blockMs), maxRepeats: 3 },
      }),
      {
        health: () => (block >= 1 ? late : {}),
        onEvent: (event) => {
          if (event.type === 'round-started') block = event.block;
        },
      },
    );
    const begun = events.flatMap((event) => (event.type === 'round-started' ? [event.atMs] : []));
    expect((begun.at(-1) ?? 0) - (begun[0] ?? 0)).toBeLessThan(3.5 * blockMs);
    expect(result.status).toBe('completed');
  });

  it('without looks only ends the run, and is judged once', async () => {
    const blockMs = await oneBlockMs();
    const { result } = await ran((experiment) => ({
      ...unbroken(experiment),
      ...{ blocks: 9, budgetMs: Math.round(5 * blockMs), maxRepeats: 0 },
    }));
    expect(result.looks).toEqual([]);
    expect(result.order.length).toBeGreaterThan(2);
    expect(result.order.length).toBeLessThan(9);
  });
});
