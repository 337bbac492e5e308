import { describe, expect, it } from 'vitest';
import { looksUpTo, type Experiment, type Finding, type LabEvent, type LabEventOf } from '../model/index.ts';
import { recompute } from './recompute.ts';
import { problemsAfter, runFake, unbroken } from './testing/index.ts';

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

async function ran(experiment: (experiment: Experiment) => Experiment) {
  const outcome = await runFake({ experiment });
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
    expect(messages(events).join('\n')).toContain(`headlines are decided after ${last?.blocks} blocks`);
    expect(result.status).toBe('completed');
    expect(result.order).toHaveLength(last?.blocks ?? 0);
    expect(result.looks).toEqual(looksUpTo(8).filter(({ blocks }) => blocks <= (last?.blocks ?? 0)));
    expect(stored).toEqual(result);
    expect(recompute(result).differences).toEqual([]);
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
