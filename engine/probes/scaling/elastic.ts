import { elasticPhase, type ElasticStep, type LineSlice } from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import { summarizeSlice } from '../slice.ts';
import { SliceTrack } from '../track.ts';
import type { Subject } from './subject.ts';

/** What one instance is asked before the step, as a share of what it carries: twice as much is too much for it. */
const shareBefore = 0.7;
/** How long before the step, ms. */
const beforeMs = 3000;
/** How finely it is looked, and how long the objective must be met for it to be met again, ms. */
const [sliceMs, heldMs] = [1000, 3000];

type Objective = { p95Ms: number; availability: number };

/**
 * When the objective was met again, ms since the step, by slices one after another from it on: the start of the first three seconds that meet it once it was missed; 0 where no slice misses it, null where it is
 * not met again. Pure.
 */
export function metAgainMs(slices: readonly LineSlice[], objective: Objective, steppedAtMs: number): number | null {
  const missed = slices.findIndex((slice) => !isMet([slice], objective));
  if (missed === -1) return 0;
  const together = Math.round(heldMs / sliceMs);
  for (let from = missed + 1; from + together <= slices.length; from += 1) {
    const [first] = slices.slice(from);
    if (first !== undefined && isMet(slices.slice(from, from + together), objective))
      return first.startMs - steppedAtMs;
  }
  return null;
}

/** The rate doubles at a stated instant, and instances are added one after another up to all that the variant has. `carriedOne`: journeys a second that one was found to carry. */
export async function measureElastic(
  context: ProbeContext,
  subject: Subject,
  { carriedOne, watchedMs }: { carriedOne: number; watchedMs: number },
): Promise<ElasticStep> {
  const { clock } = context.deployment;
  const { declared, settings } = subject;
  const journeysPerSecond = shareBefore * carriedOne;
  const track = new SliceTrack();
  const load = startLoad(context, {
    phase: elasticPhase,
    durationMs: beforeMs + watchedMs,
    stages: [
      { journeysPerSecond, durationMs: beforeMs },
      { journeysPerSecond: 2 * journeysPerSecond, durationMs: watchedMs },
    ],
    ...{ journeys: subject.journeys('skewed'), sliceMs },
    onSlice: (slice) => track.add(slice),
  });
  // Whoever waits for its end below learns why it failed.
  load.done.catch(() => undefined);
  await clock.delay(beforeMs, context.signal);
  const addedMs: number[] = [];
  const steppedMs = clock.nowMs();
  for (let count = 1; count < declared; count += 1) {
    await subject.addOne();
    addedMs.push(Math.max(0, clock.nowMs() - steppedMs));
  }
  const { startedAtMs } = await load.done;
  const steppedAtMs = startedAtMs + beforeMs;
  // A slice that straddles the step by a hair is before it.
  const since = track.between(steppedAtMs - sliceMs / 2, Infinity);
  const sum = (of: (one: { scheduled: number; good: number }) => number): number =>
    since.flatMap(({ endpoints }) => Object.values(endpoints)).reduce((total, one) => total + of(one), 0);
  const metMs = metAgainMs(since, settings.search.objective, steppedAtMs);
  return {
    ...{ from: 1, to: declared, journeysPerSecond, addedMs, watchedMs },
    metMs: metMs === null ? null : Math.max(0, metMs),
    scheduled: sum((one) => one.scheduled),
    lost: sum((one) => one.scheduled - one.good),
  };
}

function isMet(slices: readonly LineSlice[], { p95Ms, availability }: Objective): boolean {
  const parts = slices.flatMap(({ endpoints }) => Object.values(endpoints));
  const { startMs = 0 } = slices[0] ?? {};
  const all = {
    scheduled: parts.reduce((sum, one) => sum + one.scheduled, 0),
    good: parts.reduce((sum, one) => sum + one.good, 0),
    ...{ notReached: 0, errors: {} },
    answersMs: parts.flatMap((one) => one.answersMs),
    failuresMs: parts.flatMap((one) => one.failuresMs),
  };
  const seen = summarizeSlice({ startMs, lengthMs: heldMs, withheldMs: 0, endpoints: { all } });
  return (seen.p95Ms ?? 0) <= p95Ms && seen.good >= availability * seen.scheduled;
}
