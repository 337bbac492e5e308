import { describe, expect, it } from 'vitest';
import { looksUpTo, type Experiment, type LabEvent, type Result } from '../model/index.ts';
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
async function cutShort(blocks: number, of: number): Promise<Result> {
  const { result } = await runFake({
    experiment: planned(of),
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
    expect(result.looks.map(({ blocks }) => blocks)).toEqual([2, 3, 4].slice(0, result.looks.length));
    expect(
      result.looks.every(({ alphaSpent }, index) => alphaSpent >= (result.looks[index - 1]?.alphaSpent ?? 0)),
    ).toBe(true);
    expect(result.looks.at(-1)?.alphaSpent).toBeLessThanOrEqual(0.05);
    expect(result.sittings.map(({ fromBlock }) => fromBlock)).toEqual([0, 2]);
    expect(result.startedAt).toBe(previous.startedAt);
    expect(recompute(result).differences).toEqual([]);
    expect(stored).toEqual(result);
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
