import type { Result, StormMeasurement } from '../../engine/model/index.ts';
import { tell, type FaultStory, type Told } from './fault-timeline.ts';
import { mean, median, present } from './numbers.ts';
import { seriesIn } from './quantity.ts';
import { remember } from './remember.ts';
import { variantsOf, type VariantView } from './variants.ts';

/** What a storm did to one variant, over its rounds. */
export interface StormView {
  variant: VariantView;
  /** Rounds with a storm in them. */
  measurements: StormMeasurement[];
  /** Rounds in which none was raised, and why, in words. */
  without: { rounds: number; reason: string | null };
  /** Good over scheduled requests from the effect to the end, average over the rounds; null without a storm. */
  goodShare: number | null;
  /** Good requests a second in the calm before, through spike and fault, and after; means over the rounds. */
  goodPerSecond: { before: number | null; during: number | null; after: number | null };
  amplification: number | null;
  /** Repeated calls and openings of breakers in one round, means. */
  retries: number | null;
  breakerOpens: number | null;
  /** Median over the rounds that came back, ms after the end of spike and fault. */
  recoverMs: number | null;
  /** Rounds that did not come back while they were watched, and how long that was, ms. */
  metastable: number;
  watchedMs: number | null;
  /** Rate before and after the spike where it was fitted to the machine, mean over the rounds. */
  journeysPerSecond: number | null;
}

/** The storm of the result on each variant that was to meet it. */
export const stormsOf = remember((result: Result): StormView[] =>
  variantsOf(result).flatMap((variant) => {
    const all = present(variant.roundsOf('storm').map((round) => round.storm));
    return all.length === 0 ? [] : [viewOf(result, variant, all)];
  }),
);

function viewOf(result: Result, variant: VariantView, all: StormMeasurement[]): StormView {
  const applied = all.filter((one) => one.status === 'applied');
  const without = all.filter((one) => one.status !== 'applied');
  const middle = (pick: (one: StormMeasurement) => number | null | undefined): number | null =>
    mean(present(applied.map(pick)));
  const label = all[0]?.label;
  const valueOf = (metric: string): number | null =>
    seriesIn(result, variant.name, metric, { fault: label })?.value ?? null;
  const lost = applied.filter((one) => one.metastable);
  return {
    variant,
    measurements: applied,
    without: { rounds: without.length, reason: without[0]?.reason ?? null },
    goodShare: valueOf('storm-good-share'),
    goodPerSecond: {
      before: middle((one) => one.baseline.goodPerSecond),
      during: middle((one) => one.spike.goodPerSecond),
      after: middle((one) => one.recovery.goodPerSecond),
    },
    amplification: valueOf('retry-amplification'),
    retries: middle((one) => one.retries),
    breakerOpens: middle((one) => one.breakerOpens),
    recoverMs: median(present(applied.map((one) => one.recoverMs))),
    metastable: lost.length,
    watchedMs: median(present(lost.map((one) => one.recoverCensoredAtMs))),
    journeysPerSecond: middle((one) => one.pace?.journeysPerSecond),
  };
}

/** Availability and slowness through the storm, all rounds pooled; null where no time line was kept. */
export function stormStory(result: Result, { measurements }: StormView): FaultStory | null {
  return tell(
    result.rounds.flatMap((round): Told[] =>
      measurements.flatMap((one) =>
        round.storm === one
          ? [
              {
                effectAtMs: one.effectAtMs,
                endAtMs: one.calmAtMs,
                slices: round.lines['storm'] ?? [],
                events: one.events,
              },
            ]
          : [],
      ),
    ),
  );
}
