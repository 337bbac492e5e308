import { chooseAttempt, conditionRank, placesOf, whyNotGood, type Condition } from '../evaluation/index.ts';
import {
  loadedParts,
  notDone,
  partsInWords,
  type Application,
  type Experiment,
  type Part,
  type Repeat,
  type Round,
} from '../model/index.ts';

/** Of all blocks at most this share is measured again, but one where there are any. */
const repeatedShare = 1 / 8;

/** What should be measured again in a block, and the condition of what is worst in it. */
export interface Need extends Repeat {
  only: Part[] | null;
  worst: Condition;
}

export interface NeedInputs {
  experiment: Experiment;
  application: Application;
  rounds: readonly Round[];
}

/** How many blocks, or parts of blocks, a run may measure again. */
export function repeatsAllowed({ blocks, maxRepeats }: Experiment): number {
  return Math.ceil(blocks * repeatedShare) * maxRepeats;
}

/**
 * What should be measured again in a block; null where all of it went well. Always in every variant, since a number is held against one that was
 * measured beside it, and never more than was touched: where a round gave nothing the whole block, else response times or single faults.
 */
export function needOf(inputs: NeedInputs, block: number): Need | null {
  const { experiment, rounds } = inputs;
  const places = placesOf(experiment);
  const attemptAt = (part: Part) => chooseAttempt({ ...inputs, places }, part, block);
  const whole = attemptAt('deployment');
  if (whole === null) return null;
  const variants = [...new Set(places.map(({ variant }) => variant))];
  const mine = rounds.filter((round) => round.block === block);
  const need = (only: Part[] | null, worst: Condition): Need => {
    const said = mine.flatMap((round) =>
      troubles(inputs, round, only).map((trouble) => `${round.variant}: ${trouble}`),
    );
    const reason = said.length === 0 ? `${partsInWords(only)}: it is not known why` : [...new Set(said)].join('; ');
    return { block, variants, only, worst, reason };
  };
  if (conditionRank[whole.worst] >= conditionRank.invalid) return need(null, whole.worst);
  const bad = loadedParts(experiment).flatMap((part) => {
    const worst = attemptAt(part)?.worst ?? 'missing';
    return worst === 'good' ? [] : [{ part, worst }];
  });
  const [worst] = bad.toSorted((a, b) => conditionRank[b.worst] - conditionRank[a.worst]);
  if (worst === undefined) return null;
  // What was merely disturbed does not ride along with what has to be measured again.
  const parts = bad.filter((one) => (one.worst === 'disturbed') === (worst.worst === 'disturbed'));
  return need(
    parts.map(({ part }) => part),
    worst.worst,
  );
}

/** Of all blocks the one that needs it most; the first of equals. `disturbedToo`: whether what was only disturbed is a reason. */
export function mostNeeded(inputs: NeedInputs, blocks: readonly number[], disturbedToo: boolean): Need | null {
  const least = disturbedToo ? conditionRank.disturbed : conditionRank.invalid;
  const needs = blocks
    .flatMap((block) => needOf(inputs, block) ?? [])
    .filter(({ worst }) => conditionRank[worst] >= least);
  return needs.toSorted((a, b) => conditionRank[b.worst] - conditionRank[a.worst])[0] ?? null;
}

/** What a round says of itself, of that of the parts in `only` which was not done, and of the loads of the others. */
function troubles({ experiment, application }: NeedInputs, round: Round, only: readonly Part[] | null): string[] {
  return [
    ...round.reasons,
    ...notDone(round, only).map(({ label, reason }) => `${label} was not done, ${reason ?? 'it is not known why'}`),
    ...(only ?? loadedParts(experiment)).flatMap((part) =>
      whyNotGood(round, part, application).map((why) => `${partsInWords([part])}: ${why}`),
    ),
  ];
}
