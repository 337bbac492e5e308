import type { ConsistencyMeasurement, Result } from '../../../engine/model/index.ts';
import { present, sum } from '../../data/numbers.ts';
import { variantsOf, type VariantView } from '../../data/variants.ts';

/** The orders of all rounds of one variant, added up. */
export interface ConsistencyView {
  variant: VariantView;
  rounds: number;
  attempted: number;
  acknowledged: number;
  rejected: number;
  indeterminate: number;
  recovered: number;
  lost: number;
  duplicated: number;
  phantom: number;
  stuck: number;
  /** Rounds that never came to rest. */
  restless: number;
  broken: { invariant: string; rounds: number; text: string }[];
  wrong: number;
}

/** The books of each variant that was audited. */
export function consistencyOf(result: Result): ConsistencyView[] {
  return variantsOf(result).flatMap((variant) => {
    const audits = present(variant.roundsOf('consistency').map((round) => round.consistency));
    if (audits.length === 0) return [];
    const total = (pick: (audit: ConsistencyMeasurement) => number): number => sum(audits.map(pick));
    const wrong = {
      lost: total((audit) => audit.lost.length),
      duplicated: total((audit) => audit.duplicated.length),
      phantom: total((audit) => audit.phantom.length),
      stuck: total((audit) => audit.stuck.length),
    };
    const failures = audits.flatMap((audit) => audit.conserved.filter((check) => !check.holds));
    return [
      {
        ...{ variant, rounds: audits.length, ...wrong, wrong: sum(Object.values(wrong)) },
        attempted: total((audit) => audit.attempted),
        acknowledged: total((audit) => audit.acknowledged),
        rejected: total((audit) => audit.rejected),
        indeterminate: total((audit) => audit.indeterminate),
        recovered: total((audit) => audit.recovered),
        restless: audits.filter((audit) => audit.quiescedMs === null).length,
        broken: [...new Set(failures.map((check) => check.invariant))].map((invariant) => ({
          invariant,
          rounds: failures.filter((check) => check.invariant === invariant).length,
          text: failures.find((check) => check.invariant === invariant)?.text ?? '',
        })),
      },
    ];
  });
}
