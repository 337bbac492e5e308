import type { CapacityMeasurement, Result } from '../../../engine/model/index.ts';
import { present } from '../../data/numbers.ts';
import { seriesIn } from '../../data/quantity.ts';
import { variantsOf, type VariantView } from '../../data/variants.ts';

export interface CapacityView {
  variant: VariantView;
  /** A measurement a round. */
  rounds: CapacityMeasurement[];
  /** Null when no round met the objective. */
  journeysPerSecond: number | null;
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
    const rounds = present(variant.roundsOf('capacity').map((round) => round.capacity));
    const [first] = rounds;
    if (first === undefined) return [];
    const ends = [...new Set(rounds.map((round) => round.bounded))].sort();
    return [
      {
        variant,
        rounds,
        journeysPerSecond: seriesIn(result, variant.name, 'capacity-rate')?.value ?? null,
        objective: first.objective,
        bounded: ends.map((end) => endings[end]).join('; '),
      },
    ];
  });
}
