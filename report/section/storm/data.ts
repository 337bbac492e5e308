import { stormPhase, stormSeen, type SeenStorm } from '../../../engine/evaluation/index.ts';
import type { Result, StormMeasurement, StormOutcome } from '../../../engine/model/index.ts';
import { tell, type FaultStory, type Told } from '../../data/fault-timeline.ts';
import { mean, median, present } from '../../data/numbers.ts';
import { seriesIn } from '../../data/quantity.ts';
import { remember } from '../../data/remember.ts';
import { variantsOf, type VariantView } from '../../data/variants.ts';

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
  /** Repeated calls and openings of breakers in one round, means; null where nobody could count. */
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

/** The storm of the result on each variant that was to meet it, as far as anything is known of it. */
export const stormsOf = remember((result: Result): StormView[] =>
  variantsOf(result).flatMap((variant) => {
    const all = present(variant.roundsOf('storm').map((round) => stormSeen(round, result.application))).filter(
      // Of one whose slices are not there nothing can be said, not even that there was none.
      ({ measured, outcome }) => measured.status !== 'applied' || outcome !== null,
    );
    return all.length === 0 ? [] : [viewOf(result, variant, all)];
  }),
);

function viewOf(result: Result, variant: VariantView, all: SeenStorm[]): StormView {
  const told = all.flatMap(({ measured, outcome }) => (outcome === null ? [] : [{ measured, outcome }]));
  const without = all.filter(({ outcome }) => outcome === null);
  type Told = { measured: StormMeasurement; outcome: StormOutcome };
  const middle = (pick: (one: Told) => number | null | undefined): number | null => mean(present(told.map(pick)));
  const label = all[0]?.measured.label;
  const valueOf = (metric: string): number | null =>
    seriesIn(result, variant.name, metric, { fault: label })?.value ?? null;
  const lost = told.filter(({ outcome }) => outcome.metastable);
  return {
    variant,
    measurements: told.map(({ measured }) => measured),
    without: { rounds: without.length, reason: without[0]?.measured.reason ?? null },
    goodShare: valueOf('storm-good-share'),
    goodPerSecond: {
      before: middle(({ outcome }) => outcome.baseline.goodPerSecond),
      during: middle(({ outcome }) => outcome.spike.goodPerSecond),
      after: middle(({ outcome }) => outcome.recovery.goodPerSecond),
    },
    amplification: valueOf('retry-amplification'),
    retries: middle(({ measured }) => measured.counted?.retries),
    breakerOpens: middle(({ measured }) => measured.counted?.breakerOpens),
    recoverMs: median(present(told.map(({ outcome }) => outcome.recoverMs))),
    metastable: lost.length,
    watchedMs: median(present(lost.map(({ outcome }) => outcome.recoverCensoredAtMs))),
    journeysPerSecond: middle(({ measured }) => measured.pace?.journeysPerSecond),
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
                slices: round.lines[stormPhase] ?? [],
                events: one.events,
              },
            ]
          : [],
      ),
    ),
  );
}
