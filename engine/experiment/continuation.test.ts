import { describe, expect, it } from 'vitest';
import { looksUpTo, type Experiment, type LabEvent, type LabEventOf, type Look, type Result } from '../model/index.ts';
import { continuationOf } from './continuation.ts';
import { recompute } from './recompute.ts';
import { problemsAfter, runFake, unbroken } from './testing/index.ts';

const planned =
  (blocks: number) =>
  (experiment: Experiment): Experiment => ({
    ...unbroken(experiment),
    ...{ blocks, looks: looksUpTo(blocks), budgetMs: null, maxRepeats: 0 },
  });

/** A run that is cancelled as soon as so many blocks are finished. */
async function cutShort(blocks: number, of: number, looks: Look[] = looksUpTo(of)): Promise<Result> {
  const { result } = await runFake({
    experiment: (experiment) => ({ ...planned(of)(experiment), looks }),
    onEvent: (event, controller) => {
      if (event.type === 'findings' && event.blocks === blocks) controller.abort(new Error('enough'));
    },
  });
  if (result === null) throw new Error('nothing was measured');
  expect(result.status).toBe('cancelled');
  return result;
}

async function goneOn(previous: Result, change: (experiment: Experiment) => Experiment = (same) => same) {
  const outcome = await runFake({ experiment: () => change(previous.experiment), continues: previous });
  expect(problemsAfter(outcome)).toEqual([]);
  return outcome;
}

const begun = (events: readonly LabEvent[]) =>
  events.flatMap((event) => (event.type === 'round-started' ? [event.block] : []));

describe('a result that is continued', () => {
  it('keeps what was measured, measures what its plan has left, and spends what it has left', async () => {
    const previous = await cutShort(2, 4);
    const { result, events, stored } = await goneOn(previous);
    if (result === null) throw new Error('it did not go on');
    expect(result.id).not.toBe(previous.id);
    expect(result.rounds.slice(0, previous.rounds.length)).toEqual(previous.rounds);
    expect(Math.min(...begun(events))).toBe(2);
    expect(result.looks.map(({ blocks }) => blocks)).toEqual([3, 4].slice(0, result.looks.length));
    expect(
      result.looks.every(({ alphaSpent }, index) => alphaSpent >= (result.looks[index - 1]?.alphaSpent ?? 0)),
    ).toBe(true);
    expect(result.looks.at(-1)?.alphaSpent).toBeLessThanOrEqual(0.05);
    expect(result.sittings.map(({ fromBlock }) => fromBlock)).toEqual([0, 2]);
    expect(result.startedAt).toBe(previous.startedAt);
    expect(recompute(result).differences).toEqual([]);
    expect(stored).toEqual(result);
  });

  it('tells how much is left of it, not how much there was', async () => {
    const planOf = (events: readonly LabEvent[]) =>
      events.find((event): event is LabEvent & LabEventOf<'run-started'> => event.type === 'run-started');
    const rest = planOf((await goneOn(await cutShort(4, 6))).events);
    const whole = planOf((await runFake({ experiment: planned(6) })).events);
    expect([rest?.rounds, whole?.rounds]).toEqual([4, 12]);
    expect(rest?.estimateMs).toBeLessThan((whole?.estimateMs ?? 0) / 2);
  });

  it('can be interrupted and continued again', async () => {
    const first = await cutShort(1, 6);
    const { result: second } = await runFake({
      experiment: () => first.experiment,
      continues: first,
      onEvent: (event, controller) => {
        if (event.type === 'findings' && event.blocks === 2) controller.abort(new Error('enough'));
      },
    });
    const { result: third } = await goneOn(second!);
    expect(third?.sittings.map(({ fromBlock }) => fromBlock)).toEqual([0, 1, 2]);
    expect(third?.rounds.slice(0, second!.rounds.length)).toEqual(second!.rounds);
  });

  it('has all of its chance for the looks that can find something, whenever it was cut short', async () => {
    const plan = [3, 5, 7].map((blocks, index) => ({ blocks, alphaSpent: [0.02, 0.035, 0.05][index] ?? 0 }));
    for (const [at, looks] of [
      [2, [3, 5, 7]],
      [4, [3, 4, 5, 7]],
    ] as const) {
      const previous = await cutShort(at, 7, plan);
      const { result } = await goneOn(previous);
      const taken = result?.looks ?? [];
      expect(taken.map(({ blocks }) => blocks)).toEqual(looks.slice(0, taken.length));
      expect(taken.find(({ blocks }) => blocks === 3)).toEqual(plan[0]);
    }
  });

  it('does not look again at what it looked at before and has lost since', async () => {
    const previous = await cutShort(4, 6);
    const torn = { ...previous, rounds: previous.rounds.filter(({ block }) => block < 3) };
    const { result, events } = await goneOn(torn);
    const blocks = (result?.looks ?? []).map((look) => look.blocks);
    expect(blocks).toEqual([3, 4, 5, 6].slice(0, blocks.length));
    const judged = events.flatMap((event) => (event.type === 'findings' && event.judged ? [event.blocks] : []));
    expect(judged).not.toContain(4);
  });

  it('leaves out a block that was not finished', async () => {
    const whole = await cutShort(2, 4);
    const torn = { ...whole, rounds: [...whole.rounds, { ...whole.rounds[0]!, id: 'torn', block: 2 }] };
    expect(continuationOf(torn).rounds).toEqual(whole.rounds);
  });

  it('is refused where nothing is left to spend, or nothing was planned', async () => {
    const { result } = await runFake({ experiment: (one) => ({ ...planned(3)(one) }) });
    expect(() => continuationOf(result!)).toThrow(/all that its plan of 3 blocks may spend is spent/);
    const { result: once } = await runFake({ experiment: (one) => ({ ...unbroken(one), blocks: 1 }) });
    expect(() => continuationOf(once!)).toThrow(/planned to be judged once/);
  });

  it.each([
    ['sourceHash', 'another', /the source of the application was another and is/],
    ['cpuModel', 'another', /the processor was another/],
    ['cleaveVersion', '0.0.1', /the version of Cleave was 0\.0\.1/],
  ] as const)('is refused where %s is another, and nothing is measured', async (field, value, says) => {
    const previous = await cutShort(1, 3);
    const outcome = await goneOn({ ...previous, environment: { ...previous.environment, [field]: value } });
    expect(String(outcome.error)).toMatch(says);
    expect(begun(outcome.events)).toEqual([]);
  });
});
