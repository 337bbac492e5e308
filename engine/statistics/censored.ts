/** A value, or only a bound: `censored` means the true value is at least this (a recovery that was not reached while somebody looked). */
export interface Observation {
  value: number;
  censored: boolean;
}

export interface CensoredPairs {
  baseline: (number | null)[];
  variant: (number | null)[];
  /** Blocks that were left out because both sides are only bounds: their difference could have either sign. */
  undecidable: number;
  /** Blocks in which only this side is a bound. */
  baselineBounded: number;
  variantBounded: number;
}

/**
 * Turns observations with bounds into plain pairs, without inventing values. A pair with two bounds tells nothing about the sign and is
 * left out; in a pair with one bound the bound stands in, so the change is at least (variant bounded) or at most (baseline bounded) what is computed.
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
    pairs.baseline.push(both ? null : (before?.value ?? null));
    pairs.variant.push(both ? null : (after?.value ?? null));
  }
  return pairs;
}

/**
 * Whether a computed direction can be believed although some values are only bounds: a bound may only have made the effect look
 * smaller than it is. `rise`: the variant's values are larger.
 */
export function boundsSupport(pairs: CensoredPairs, direction: 'rise' | 'fall' | 'same'): boolean {
  const supports = {
    rise: pairs.baselineBounded === 0,
    fall: pairs.variantBounded === 0,
    same: pairs.baselineBounded === 0 && pairs.variantBounded === 0,
  };
  return supports[direction];
}
