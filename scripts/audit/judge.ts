import { studentP, studentT } from './beta.ts';
import type { Definition } from './definition.ts';
import { ALPHA, levelsAt, type Look } from './looks.ts';
import { exactLimits, type Count, type Interval } from './proportion.ts';
import { mean, printed, scales } from './scales.ts';

/** Fewer blocks decide nothing. */
export const ENOUGH = 3;
/** A noise floor learnt from fewer pairs gates nothing. */
const ENOUGH_NOISE = 8;

/** What one finding is judged on. */
export interface Comparison {
  definition: Definition;
  /** Values of both sides in the blocks that have both; none where all are bounds on both sides. */
  pairs: { block: number; baseline: number; variant: number; baselineAtLeast: boolean; variantAtLeast: boolean }[];
  baselineValue: number;
  /** A/A: the baseline and its second copy. */
  noise: { first: number; second: number }[];
  /** Requests behind both sides in those blocks, and what all of them are worth in the metric's unit; null where none are counted. */
  counts: { baseline: Count; variant: Count; unit: number } | null;
  step: number | undefined;
  /** No round of a side counts: nothing is decided. */
  unsound: boolean;
}

export interface Judged {
  method: string;
  effect: number | null;
  interval: Interval | null;
  level: number | null;
  otherDeployments: number | null;
  noiseFloor: number | null;
  noisePairs: number;
  pValue: number | null;
  adjustedPValue: number | null;
  verdict: string;
}

interface Effect {
  n: number;
  mean: number;
  /** Standard error; null below two pairs. */
  error: number | null;
  pValue: number | null;
}

/** The spread that steps or requests alone make, on the scale. */
function leastSpread(comparison: Comparison): number {
  return Math.max(ofRequests(comparison), gapOf(comparison) / Math.sqrt(6));
}

/** The smallest step between two values of either side, on the scale, where a side has a value twice or all changes are one; what differs in its last digits only is one value. */
function gapOf({ definition, pairs }: Comparison): number {
  const { to } = scales[definition.scale];
  const [before, after] = [pairs.map(({ baseline }) => to(baseline)), pairs.map(({ variant }) => to(variant))];
  const changes = after.map((value, index) => value - (before[index] ?? 0));
  if (![before, after, changes].some((values) => gaps(values).some(({ isNone }) => isNone))) return 0;
  const sizes = gaps([...before, ...after]).flatMap(({ size, isNone }) => (isNone ? [] : [size]));
  return sizes.length === 0 ? 0 : Math.min(...sizes);
}

function gaps(values: readonly number[]): { size: number; isNone: boolean }[] {
  const sorted = values.toSorted((a, b) => a - b);
  const tiny = 1e-9 * Math.max(Number.MIN_VALUE, ...sorted.map(Math.abs));
  return sorted.slice(1).map((value, index) => {
    const size = value - (sorted[index] ?? value);
    return { size, isNone: size <= tiny };
  });
}

function ofRequests({ definition, step, counts, pairs }: Comparison): number {
  if (step !== undefined) return step / Math.sqrt(6);
  if (definition.scale !== 'share' || counts === null) return 0;
  return Math.sqrt(pairs.length / (4 * counts.baseline.trials) + pairs.length / (4 * counts.variant.trials));
}

function effectOf(comparison: Comparison): Effect {
  const { to } = scales[comparison.definition.scale];
  const changes = comparison.pairs.map(({ baseline, variant }) => to(variant) - to(baseline));
  const n = changes.length;
  const middle = mean(changes);
  if (n < 2) return { n, mean: middle, error: null, pValue: null };
  const spread = Math.sqrt(changes.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (n - 1));
  const error = Math.max(spread, leastSpread(comparison)) / Math.sqrt(n);
  return { n, mean: middle, error, pValue: error === 0 ? Number(middle === 0) : studentP(middle / error, n - 1) };
}

function methodOf({ definition, pairs, step, counts }: Comparison): string {
  if (pairs.length === 0) return 'none';
  if (pairs.length < 2 && definition.constant !== true) return 't';
  const [first] = pairs;
  const varied = pairs.some(({ baseline, variant }) => baseline !== first?.baseline || variant !== first.variant);
  if (definition.constant === true && !varied) return 'counted';
  if (varied || step !== undefined) return 't';
  if (counts !== null) return 'exact-requests';
  return definition.scale === 'share' ? 'exact-deployments' : 'counted';
}

interface Ranked {
  p: number;
  /** Level at the finding's last look, of a chance over all of its looks. */
  levelAt: (chance: number) => number;
}

/**
 * Holm's levels: the k-th to be rejected is tested at what alpha / (m - k + 1) is at its look; from the first that is not rejected on all are at that share. Who comes next is whoever
 * is the farthest below its level there. p-values are adjusted for the family alone, in their own order.
 */
function holm(findings: readonly Ranked[], alpha: number): { level: number; adjusted: number }[] {
  const found = findings.map(() => ({ level: alpha, adjusted: 1 }));
  const open = new Set(findings.keys());
  let share = alpha;
  for (let left = open.size; left > 0; left -= 1) {
    share = alpha / left;
    const ways = [...open]
      .map((index) => ({ index, p: findings[index]?.p ?? 1, level: findings[index]?.levelAt(share) ?? 0 }))
      .toSorted((a, b) => a.p / a.level - b.p / b.level);
    const [next] = ways;
    if (next === undefined || next.p > next.level) break;
    // Who is equal to it falls with it, wherever in the family.
    const equal = ways.filter(({ p, level }) => p === next.p && level === next.level);
    left -= equal.length - 1;
    for (const { index, level } of equal) {
      open.delete(index);
      found[index] = { level, adjusted: 1 };
    }
  }
  for (const index of open) found[index] = { level: findings[index]?.levelAt(share) ?? alpha, adjusted: 1 };
  const ascending = [...findings.keys()].toSorted((a, b) => (findings[a]?.p ?? 1) - (findings[b]?.p ?? 1));
  let largest = 0;
  for (const [k, index] of ascending.entries()) {
    largest = Math.max(largest, (findings[index]?.p ?? 1) * (ascending.length - k));
    found[index] = { level: found[index]?.level ?? alpha, adjusted: largest };
  }
  return found;
}

/** The looks of one finding: where it had three values and one more than when it was looked at before. Until then the last look is all there is of it. */
function ownLooks({ pairs }: Comparison, looks: readonly Look[]): Look[] {
  const own: Look[] = [];
  let most = ENOUGH - 1;
  for (const look of looks) {
    const values = pairs.filter(({ block }) => block < look.blocks).length;
    if (values <= most) continue;
    most = values;
    own.push({ blocks: values, alphaSpent: look.alphaSpent });
  }
  const last = looks.at(-1);
  return own.length === 0 && last !== undefined ? [last] : own;
}

/** Judges the findings of one family, at the last of the looks that were taken. p-values are adjusted for the family, not for the looks. */
export function judge(family: readonly Comparison[], looks: readonly Look[] = []): Judged[] {
  const levelsOf = family.map((one) => levelsAt(ownLooks(one, looks)));
  const ways = family.map(methodOf);
  const effects = family.map(effectOf);
  const isTested = (index: number) => ways[index] === 't' && (effects[index]?.n ?? 0) >= ENOUGH;
  // With looks, what has too few values yet may be tested at a later one, and has its share of the error.
  const isAwaited = (index: number) =>
    looks.length > 0 && ['none', 't'].includes(ways[index] ?? '') && !isTested(index);
  const tested = family.flatMap((_, index) => (isTested(index) || isAwaited(index) ? [index] : []));
  const still = family.filter(
    ({ definition }, index) => !['none', 't'].includes(ways[index] ?? '') && definition.constant !== true,
  );
  const size = tested.length + still.length;
  // What has exact limits takes its share of the error beforehand; p-values are adjusted for both.
  const left = tested.length === 0 ? 1 : tested.length / size;
  const levels = holm(
    tested.map((index) => ({
      p: isTested(index) ? (effects[index]?.pValue ?? 1) : 1,
      levelAt: levelsOf[index]?.t ?? ((chance: number) => chance),
    })),
    ALPHA * left,
  );
  return family.map((one, index) => {
    const [method, effect] = [ways[index] ?? 'none', effects[index]];
    const share = ALPHA / Math.max(1, size);
    const whole = levelsOf[index]?.[method === 't' ? 't' : 'exact'](share) ?? share;
    const { noiseFloor, noisePairs } = floorOf(one);
    const nothing = { otherDeployments: null, pValue: null, adjustedPValue: null, interval: null, level: null };
    const base = { method, noiseFloor, noisePairs, ...nothing, verdict: 'inconclusive' };
    if (effect === undefined || method === 'none') return { ...base, effect: null };
    const value = printed(one.definition.scale, effect.mean, one.baselineValue);
    if (method === 't' && effect.error === null) return { ...base, effect: value };
    const enough = effect.n >= ENOUGH && !one.unsound;
    if (method === 'counted') {
      const other = one.definition.constant === true ? null : 1 - whole ** (1 / effect.n);
      const sure = enough && (one.definition.constant === true || 2 ** (1 - 2 * effect.n) <= whole);
      const point = { low: value, high: value };
      const read = verdictOf(one, value, point, point, sure, noisePairs, noiseFloor);
      const counted = read === 'equivalent' && one.definition.constant !== true ? 'inconclusive' : read;
      return { ...base, effect: value, otherDeployments: other, verdict: allowed(one, counted, effect.mean) };
    }
    if (method !== 't') {
      const other = 1 - whole ** (1 / effect.n);
      const interval = method === 'exact-requests' ? byRequest(one, whole, value) : byDeployment(one, other, value);
      const sure = enough && 2 ** (1 - 2 * effect.n) <= whole;
      const read = verdictOf(one, value, interval, interval, sure, noisePairs, noiseFloor);
      // Few deployments that are all alike do not prove the others equal.
      const verdict = read === 'equivalent' ? 'inconclusive' : allowed(one, read, effect.mean);
      return { ...base, effect: value, otherDeployments: other, interval, level: whole, verdict };
    }
    const at = (isTested(index) ? levels[tested.indexOf(index)] : undefined) ?? { level: whole, adjusted: null };
    // Two deployments have a spread, but no limits that a number could hold.
    if (effect.n < ENOUGH) return { ...base, effect: value, pValue: effect.pValue };
    const intervalAt = (level: number): Interval => {
      const half = studentT(level, effect.n - 1) * (effect.error ?? 0);
      const ends = [effect.mean - half, effect.mean + half].map((end) =>
        printed(one.definition.scale, end, one.baselineValue),
      );
      return { low: ends[0] ?? 0, high: ends[1] ?? 0 };
    };
    // However small the usual change: of counts and shares no deployment may differ by what matters.
    const apart =
      ['count', 'share'].includes(one.definition.scale) &&
      one.pairs.some(({ baseline, variant }) => Math.abs(variant - baseline) >= one.definition.margin);
    // Inside the margin at the step's level only: neither equal nor a difference that matters, and read at the whole one.
    const level = !isTested(index) || isWithin(intervalAt(at.level), one.definition) ? whole : at.level;
    const read = verdictOf(one, value, intervalAt(level), intervalAt(whole), enough, noisePairs, noiseFloor);
    const verdict = read === 'equivalent' && apart ? 'inconclusive' : read;
    return {
      ...base,
      effect: value,
      interval: intervalAt(level),
      level,
      pValue: effect.pValue,
      adjustedPValue: at.adjusted === null ? null : Math.min(1, at.adjusted / left),
      verdict: allowed(one, verdict, effect.mean),
    };
  });
}

/** Half-width of the band in which effects of nothing fall, from A/A. */
function floorOf(comparison: Comparison): { noiseFloor: number | null; noisePairs: number } {
  const { definition, noise, pairs, step, baselineValue } = comparison;
  if (noise.length < 2 || pairs.length === 0) return { noiseFloor: null, noisePairs: 0 };
  const { to } = scales[definition.scale];
  const squares = noise.map(({ first, second }) => (to(second) - to(first)) ** 2);
  const spread = Math.max(Math.sqrt(mean(squares)), step === undefined ? 0 : step / Math.sqrt(6));
  const band = (studentT(0.05, noise.length) * spread) / Math.sqrt(Math.max(1, pairs.length));
  const ends = [band, -band].map((end) => Math.abs(printed(definition.scale, end, baselineValue)));
  return {
    noiseFloor: definition.scale === 'ratio' ? Math.expm1(band) : Math.max(...ends),
    noisePairs: noise.length,
  };
}

/** The farthest that exact limits of both sides, each at half the level, lie apart. */
function byRequest({ counts, baselineValue, definition }: Comparison, level: number, value: number): Interval {
  if (counts === null) return { low: value, high: value };
  const [before, after] = [exactLimits(counts.baseline, level / 2), exactLimits(counts.variant, level / 2)];
  const { low, high } = cut(
    { low: (after.low - before.high) * counts.unit, high: (after.high - before.low) * counts.unit },
    baselineValue,
    definition,
  );
  return { low: Math.min(low, value), high: Math.max(high, value) };
}

/** Up to a share `other` of deployments may show anything from none to all. */
function byDeployment({ baselineValue, definition }: Comparison, other: number, value: number): Interval {
  return cut({ low: value * (1 - other) - other, high: value * (1 - other) + other }, baselineValue, definition);
}

function cut({ low, high }: Interval, baseline: number, { scale }: Definition): Interval {
  return { low: Math.max(low, -baseline), high: scale === 'share' ? Math.min(high, 1 - baseline) : high };
}

function isWithin({ low, high }: Interval, { scale, margin }: Definition): boolean {
  return scale === 'ratio' ? low > 1 / (1 + margin) && high < 1 + margin : low > -margin && high < margin;
}

function verdictOf(
  { definition }: Comparison,
  value: number,
  atLevel: Interval,
  atWhole: Interval,
  enough: boolean,
  noisePairs: number,
  noiseFloor: number | null,
): string {
  if (!enough) return 'inconclusive';
  if (isWithin(atWhole, definition)) return 'equivalent';
  const none = definition.scale === 'ratio' ? 1 : 0;
  const size = definition.scale === 'ratio' ? Math.exp(Math.abs(Math.log(value))) - 1 : Math.abs(value);
  if (noisePairs >= ENOUGH_NOISE && noiseFloor !== null && size <= noiseFloor) return 'inconclusive';
  if (atLevel.low <= none && atLevel.high >= none) return 'inconclusive';
  return value > none === (definition.better === 'higher') ? 'better' : 'worse';
}

const allowed = (comparison: Comparison, verdict: string, change: number): string =>
  boundsAllow(comparison, verdict, change) ? verdict : 'inconclusive';

/** A verdict stands only if no true value behind a bound could turn it. */
function boundsAllow({ pairs }: Comparison, verdict: string, change: number): boolean {
  if (verdict === 'inconclusive') return true;
  if (pairs.some((pair) => pair.baselineAtLeast && pair.variantAtLeast)) return false;
  const baseline = pairs.some((pair) => pair.baselineAtLeast);
  const variant = pairs.some((pair) => pair.variantAtLeast);
  if (verdict === 'equivalent') return !baseline && !variant;
  return change > 0 ? !baseline : !variant;
}
