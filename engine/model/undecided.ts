import { minimumBlocks } from './look.ts';
import type { Finding } from './result.ts';

/** What an interval rules out is worth saying up to this factor: that something is not 400 times as slow tells nobody anything. */
const worthSayingFactor = 10;
/** The same of a share: that two differ by less than that of all there is. */
const worthSayingShare = 0.5;

/**
 * What the interval of an undecided finding rules out: no change is larger than `size`, a factor above 1 or a difference in the finding's unit. Null for decided ones, where an end
 * of it is not known, where it is too wide to say anything, and where values never varied: other deployments may differ by more than those that were seen.
 */
export function ruledOut({
  verdict,
  interval,
  effect,
  openEnd,
  otherDeployments,
  unit,
}: Pick<Finding, 'verdict' | 'interval' | 'effect' | 'openEnd' | 'otherDeployments' | 'unit'>): {
  kind: 'ratio' | 'difference';
  size: number;
} | null {
  if (verdict !== 'inconclusive' || interval === null || effect === null) return null;
  if (openEnd !== null || otherDeployments !== null) return null;
  if (effect.kind === 'difference') {
    const size = Math.max(Math.abs(interval.low), Math.abs(interval.high));
    return unit === 'share' && size > worthSayingShare ? null : { kind: 'difference', size };
  }
  if (interval.low <= 0) return null;
  const size = Math.max(interval.high, 1 / interval.low);
  return size > worthSayingFactor ? null : { kind: 'ratio', size };
}

/**
 * Whether every deployment of both sides showed the same value. That proves nothing of others (`otherDeployments` says how many may differ), so it is no verdict; a few more deployments
 * would not prove it either.
 */
export function neverDiffered({
  verdict,
  otherDeployments,
  effect,
  baseline,
  variant,
}: Pick<Finding, 'verdict' | 'otherDeployments' | 'effect' | 'baseline' | 'variant'>): boolean {
  if (verdict !== 'inconclusive' || otherDeployments === null || effect === null) return false;
  const blocks = baseline.blocks.filter((value, block) => value !== null && (variant.blocks[block] ?? null) !== null);
  return blocks.length >= minimumBlocks && effect.value === (effect.kind === 'ratio' ? 1 : 0);
}

/** Whether more blocks may still decide it: what cannot be compared at all, and what no deployment showed, is as decided as it will be. */
export function isOpen(finding: Finding): boolean {
  return finding.verdict === 'inconclusive' && finding.effect !== null && !neverDiffered(finding);
}
