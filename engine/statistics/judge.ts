import { isEquivalent } from './equivalence.ts';
import { holm } from './holm.ts';
import { noiseFloor } from './noise-floor.ts';
import { pairedEffect, type PairedEffect } from './paired-effect.ts';
import { blocksToDecide } from './power.ts';
import { fromHalfWidth, type Scale } from './scale.ts';

/** Fewer paired blocks than this decide nothing: two equal changes are no evidence of a spread. */
export const minimumBlocks = 3;
/** Chance of any false `better` or `worse` in a family of findings judged together. */
export const familyAlpha = 0.05;

/** One metric of two variants, a value a block. */
export interface Comparison {
  scale: Scale;
  /** Smallest change that matters, as people read it: a share for ratios, in the metric's unit for differences. */
  margin: number;
  /** Step in which values come; 0 for continuous ones. */
  resolution?: number;
  better: 'lower' | 'higher';
  baseline: readonly (number | null)[];
  variant: readonly (number | null)[];
  /** The same variant measured twice in a block; empty when no A/A ran. */
  noise: readonly { first: number | null; second: number | null }[];
}

export interface Judgement {
  verdict: 'better' | 'worse' | 'equivalent' | 'inconclusive';
  /** What the pairs say; null when nothing was paired. */
  effect: PairedEffect | null;
  /** Half-width of the band in which a change means nothing, averaging scale; null when no A/A ran. */
  noiseFloor: number | null;
  /** Smallest change that matters, averaging scale. */
  margin: number;
  adjustedPValue: number | null;
  /** Level at which this finding alone is tested after the correction over its family. */
  level: number;
}

/**
 * Judges findings that stand together (one family). In this order, each with at least three paired blocks:
 * `equivalent`: the whole 95 % interval lies inside the margin, or inside the noise floor if that is larger (two one-sided tests);
 * `better` / `worse`: no change is excluded at 5 % after Holm's correction over the family, and the effect exceeds the noise floor;
 * `inconclusive` otherwise. A change proven but smaller than the margin is therefore `equivalent`: it is real and does not matter.
 */
export function judgeFamily(family: readonly Comparison[], alpha = familyAlpha): Judgement[] {
  const effects = family.map(({ scale, baseline, variant, resolution }) =>
    pairedEffect(scale, baseline, variant, { resolution }),
  );
  const tested = effects.map((effect) =>
    effect !== null && effect.changes.length >= minimumBlocks ? effect.pValue : null,
  );
  const adjusted = holm(tested);
  return family.map((comparison, index): Judgement => {
    const effect = effects[index] ?? null;
    const adjustedPValue = adjusted[index] ?? null;
    const margin = fromHalfWidth(comparison.scale, comparison.margin);
    const floor =
      effect === null
        ? null
        : noiseFloor(comparison.scale, comparison.noise, effect.changes.length, comparison.resolution);
    const verdict =
      effect === null
        ? 'inconclusive'
        : verdictOf(comparison, effect, { adjustedPValue, floor, margin: Math.max(margin, floor ?? 0), alpha });
    const correction = adjustedPValue === null || !effect?.pValue ? 1 : Math.max(1, adjustedPValue / effect.pValue);
    return { verdict, effect, noiseFloor: floor, margin, adjustedPValue, level: alpha / correction };
  });
}

/** How many further blocks would likely decide an inconclusive finding (see `blocksToDecide`); null when it is decided or cannot be foreseen. */
export function furtherBlocks({ verdict, effect, noiseFloor, margin, level }: Judgement): number | null {
  if (verdict !== 'inconclusive' || effect === null) return null;
  return blocksToDecide({
    blocks: effect.changes.length,
    mean: effect.mean,
    spread: effect.spread,
    margin,
    noiseFloor,
    alpha: level,
  });
}

function verdictOf(
  { better }: Comparison,
  effect: PairedEffect,
  limits: { adjustedPValue: number | null; floor: number | null; margin: number; alpha: number },
): Judgement['verdict'] {
  if (effect.changes.length < minimumBlocks) return 'inconclusive';
  if (isEquivalent(effect, limits.margin)) return 'equivalent';
  const proven = limits.adjustedPValue !== null && limits.adjustedPValue < limits.alpha;
  if (!proven || Math.abs(effect.mean) <= (limits.floor ?? 0)) return 'inconclusive';
  return effect.mean < 0 === (better === 'lower') ? 'better' : 'worse';
}
