import type { CapacityMeasurement, Result } from '../../engine/model/index.ts';
import { geometricMean, present } from './numbers.ts';
import { variantsOf, type VariantView } from './variants.ts';

export interface CapacityView {
  variant: VariantView;
  /** A measurement a round. */
  rounds: CapacityMeasurement[];
  /** Geometric mean over the rounds that met the objective at all; null when none did. */
  journeysPerSecond: number | null;
  goodPerSecondPerCpu: number | null;
  objective: CapacityMeasurement['objective'];
  /** How the search ended, in words. */
  bounded: string;
}

const endings: Record<CapacityMeasurement['bounded'], string> = {
  bracketed: 'found between a rate that met the objective and one that did not',
  generator: 'the load generator was the limit: capacity is at least this',
  range: 'the highest rate tried met the objective: capacity is at least this',
};

/** The capacity of each variant that was searched. */
export function capacitiesOf(result: Result): CapacityView[] {
  return variantsOf(result).flatMap((variant) => {
    const rounds = present(variant.rounds.map((round) => round.capacity));
    const [first] = rounds;
    if (first === undefined) return [];
    const ends = [...new Set(rounds.map((round) => round.bounded))].sort();
    return [
      {
        variant,
        rounds,
        journeysPerSecond: geometricMean(present(rounds.map((round) => round.journeysPerSecond))),
        goodPerSecondPerCpu: geometricMean(present(rounds.map((round) => round.goodPerSecondPerCpu))),
        objective: first.objective,
        bounded: ends.map((end) => endings[end]).join('; '),
      },
    ];
  });
}
