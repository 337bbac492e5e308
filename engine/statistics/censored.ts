/** A value, or only a bound: `censored` means the true value is at least this (a recovery that was not reached while somebody looked). */
export interface Observation {
  value: number;
  censored: boolean;
}

export interface CensoredPairs {
  baseline: (number | null)[];
  variant: (number | null)[];
  /** Blocks in which both sides are only bounds: their difference could have either sign, so that nothing can be decided. */
  undecidable: number;
  /** Blocks in which only this side is a bound. */
  baselineBounded: number;
  variantBounded: number;
}

/**
 * Turns observations with bounds into plain pairs, without inventing values: the bound stands in, so the change is at least (variant bounded) or at most (baseline bounded) what is
 * computed. A pair with two bounds tells nothing about the sign; where there are only such pairs there is nothing to compare.
 */
export function censoredPairs(
  baseline: readonly (Observation | null)[],
  variant: readonly (Observation | null)[],
): CensoredPairs {
  const pairs: CensoredPairs = { baseline: [], variant: [], undecidable: 0, baselineBounded: 0, variantBounded: 0 };
  for (const [block, before] of baseline.entries()) {
    const after = variant[block] ?? null;
    const both = before?.censored === true && after?.censored === true;
    if (both) pairs.undecidable += 1;
    else if (before !== null && after !== null) {
      pairs.baselineBounded += Number(before.censored);
      pairs.variantBounded += Number(after.censored);
    }
    pairs.baseline.push(before?.value ?? null);
    pairs.variant.push(after?.value ?? null);
  }
  const compared = pairs.baseline.filter((value, block) => value !== null && (pairs.variant[block] ?? null) !== null);
  if (pairs.undecidable === 0 || pairs.undecidable < compared.length) return pairs;
  const nothing = pairs.baseline.map(() => null);
  return { ...pairs, baseline: nothing, variant: nothing };
}

/** Which end of an effect, variant over or minus baseline, is not known, because values that are only bounds stand in for it; null where both are. */
export function openEnd({
  undecidable,
  baselineBounded,
  variantBounded,
}: CensoredPairs): 'low' | 'high' | 'both' | null {
  if (undecidable > 0 || (baselineBounded > 0 && variantBounded > 0)) return 'both';
  if (baselineBounded > 0) return 'low';
  return variantBounded > 0 ? 'high' : null;
}

/**
 * Whether a computed direction can be believed although some values are only bounds: a bound may only have made the effect look
 * smaller than it is. `rise`: the variant's values are larger.
 */
export function boundsSupport(pairs: CensoredPairs, direction: 'rise' | 'fall' | 'same'): boolean {
  if (pairs.undecidable > 0) return false;
  const supports = {
    rise: pairs.baselineBounded === 0,
    fall: pairs.variantBounded === 0,
    same: pairs.baselineBounded === 0 && pairs.variantBounded === 0,
  };
  return supports[direction];
}
