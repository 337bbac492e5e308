import { faultsSeen } from '../../engine/evaluation/index.ts';
import {
  isHeadline,
  neverDiffered,
  probeNames,
  ruledOut,
  type Finding,
  type Result,
  type Verdict,
} from '../../engine/model/index.ts';
import {
  formatDifference,
  formatEffect,
  formatInterval,
  formatLevel,
  formatNumber,
  formatRatio,
  formatValue,
  metricTitle,
  scopeText,
} from '../format/index.ts';
import { seriesIn } from './quantity.ts';
import { variantTitle } from './variants.ts';

/** Headline findings first, then by probe, in the order of the result otherwise. */
export function sortedFindings<Any extends Pick<Finding, 'metric' | 'scope' | 'probe'>>(
  findings: readonly Any[],
): Any[] {
  const rank = (finding: Any): number => (isHeadline(finding) ? 0 : 100) + probeNames.indexOf(finding.probe);
  return [...findings].sort((left, right) => rank(left) - rank(right));
}

/** Two variants that were compared, with the findings about them. */
export interface Pair {
  baseline: string;
  variant: string;
  findings: Finding[];
}

/** The findings by pair of variants, in the order they come. */
export function pairsOf(result: Result): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const finding of sortedFindings(result.findings)) {
    const key = `${finding.baseline.variant}\n${finding.variant.variant}`;
    const pair = pairs.get(key) ?? {
      baseline: finding.baseline.variant,
      variant: finding.variant.variant,
      findings: [],
    };
    pair.findings.push(finding);
    pairs.set(key, pair);
  }
  return [...pairs.values()];
}

/**
 * The headline of one pair: what the cut costs, buys, leaves alone and leaves open; `unseen` differed in no deployment, which proves nothing of others; `apart` cannot be compared,
 * however long it is measured.
 */
export interface Answer {
  pair: Pair;
  costs: Finding[];
  buys: Finding[];
  same: Finding[];
  unseen: Finding[];
  open: Finding[];
  apart: Finding[];
}

/** Sorts the headline findings of a pair by what they mean for the reader. */
export function answerOf(pair: Pair): Answer {
  const headline = pair.findings.filter(isHeadline);
  const of = (verdict: Verdict): Finding[] => headline.filter((finding) => finding.verdict === verdict);
  const undecided = of('inconclusive');
  return {
    ...{ pair, costs: of('worse'), buys: of('better'), same: of('equivalent') },
    unseen: undecided.filter(neverDiffered),
    open: undecided.filter((finding) => finding.effect !== null && !neverDiffered(finding)),
    apart: undecided.filter(({ effect }) => effect === null),
  };
}

/** Name of a finding: metric and what it was restricted to. */
export function findingTitle(finding: Pick<Finding, 'metric' | 'scope'>): string {
  const scope = scopeText(finding.scope);
  return scope === '' ? metricTitle(finding) : `${metricTitle(finding)}, ${scope}`;
}

/** The value of one side of a finding in words; says so where the shape cannot have the fault. */
export function sideText(result: Result, finding: Finding, side: Finding['baseline']): string {
  if (side.value !== null) {
    const atLeast = seriesIn(result, side.variant, finding.metric, finding.scope)?.atLeast === true;
    return `${atLeast ? '≥ ' : ''}${formatValue(side.value, finding.unit)}`;
  }
  return whyNever(result, finding, side) === undefined ? 'not measured' : 'cannot happen';
}

/** Why a variant cannot have the fault; null where it cannot and nobody says why, undefined where it can. */
function whyNever(
  { rounds, application }: Result,
  { scope }: Finding,
  { variant }: Finding['baseline'],
): string | null | undefined {
  const same = rounds
    .filter((round) => round.variant === variant)
    .flatMap((round) => faultsSeen(round, application))
    .filter(({ measured }) => measured.label === scope.fault);
  const never = same.length > 0 && same.every(({ measured }) => measured.status === 'cannot-happen');
  return never ? (same[0]?.measured.reason ?? null) : undefined;
}

/** A finding in few words: `Deployment time: 3.2 × (420 ms → 1.35 s)`. */
export function findingPhrase(result: Result, finding: Finding): string {
  const sides = `${sideText(result, finding, finding.baseline)} → ${sideText(result, finding, finding.variant)}`;
  return `${findingTitle(finding)}: ${formatEffect(finding.effect, finding.unit, finding.openEnd)} (${sides})`;
}

/** Effect with its interval for a table: `2.93 × (2.6 to 3.3 ×)`. */
export function effectWithInterval(finding: Finding): string {
  const effect = formatEffect(finding.effect, finding.unit, finding.openEnd);
  return finding.interval === null ? effect : `${effect} (${formatLevel(finding)} ${formatInterval(finding)})`;
}

/** Why a finding without an effect has none. */
export function whyNotCompared(result: Result, finding: Finding): string {
  const { baseline, variant, openEnd } = finding;
  const without = [baseline, variant].filter((side) => sideText(result, finding, side) === 'cannot happen');
  if (without.length > 0) {
    const reasons = new Set(without.flatMap((side) => whyNever(result, finding, side) ?? []));
    const because = reasons.size === 0 ? '' : `: ${[...reasons].join('; ')}`;
    return `cannot happen in ${without.map((side) => variantTitle(result, side.variant)).join(' and ')}${because}`;
  }
  if (baseline.value === null || variant.value === null) return 'not measured on both sides';
  return openEnd === 'both' ? 'both sides are only known to be at least their values' : 'no block has both';
}

/** What the interval of an undecided finding rules out, for example `smaller than 12 %`; null where that is nothing worth saying. */
export function boundText(finding: Finding): string | null {
  const bound = ruledOut(finding);
  if (bound === null) return null;
  if (bound.kind === 'difference') return `smaller than ${formatDifference(bound.size, finding.unit).replace('+', '')}`;
  return bound.size <= 2
    ? `smaller than ${formatNumber((bound.size - 1) * 100, 2, [100])}\u00a0%`
    : `smaller than ${formatRatio(bound.size)}`;
}
