import { studentTQuantile, studentTTwoSided } from './student-t.ts';
import { mean } from './summary.ts';

/** What one unit of replication (a machine) shows, on the averaging scale. */
export interface UnitEffect {
  value: number;
  /** Square of the standard error that the value has within its unit; 0 where that is not known. */
  variance: number;
}

/** The mean effect over units whose true effects differ. */
export interface RandomEffects {
  mean: number;
  /** Hartung-Knapp-Sidik-Jonkman, never below that of the weights alone. */
  standardError: number;
  /** Variance of the true effects between units. */
  betweenVariance: number;
  /** I squared, 0 to 1: share of the variance between values that is not noise within units; null where that noise is not known. */
  heterogeneity: number | null;
  /** What a usual value varies by within its unit, as a variance; 0 where that is not known. */
  typicalVariance: number;
  /** Units less one. */
  degreesOfFreedom: number;
  /** Two-sided p-value of "no effect on average". */
  pValue: number;
}

/**
 * Random-effects meta-analysis of at least two units: variance between them by Paule & Mandel 1982 (that at which the weighted squares about the mean sum to their degrees of
 * freedom), the interval by Hartung & Knapp 2001 and Sidik & Jonkman 2002 with Student's t at k - 1 degrees of freedom. Their factor on the variance is never taken below 1 (Knapp & Hartung 2003; advised
 * for few units by Roever, Knapp & Friede 2015), so that a few values that happen to be alike are no certainty. I squared as Higgins & Thompson 2002 define it, with the typical variance within.
 * Where nothing is known of the noise within units this is Student's t over their values. Throws RangeError below two units.
 */
export function randomEffects(
  units: readonly UnitEffect[],
  betweenVariance: number = pauleMandel(units),
): RandomEffects {
  if (units.length < 2) throw new RangeError(`a mean over units needs at least two of them, got ${units.length}`);
  const degreesOfFreedom = units.length - 1;
  const weights = weightsAt(units, betweenVariance);
  const middle = weightedMean(units, weights);
  const whole = total(weights);
  const factor = Math.max(1, weightedSquares(units, weights, middle) / degreesOfFreedom);
  // All units show one value and none is known to vary.
  const isStill = betweenVariance === 0 && units.some(({ variance }) => variance === 0);
  const typicalVariance = typicalVarianceOf(units);
  const standardError = isStill ? 0 : Math.sqrt(factor / whole);
  return {
    ...{ mean: middle, standardError, betweenVariance, degreesOfFreedom },
    heterogeneity: typicalVariance === 0 ? null : betweenVariance / (betweenVariance + typicalVariance),
    typicalVariance,
    pValue: standardError === 0 ? Number(middle === 0) : studentTTwoSided(middle / standardError, degreesOfFreedom),
  };
}

/** Variance between units by Paule & Mandel 1982; 0 where the noise within units explains how their values differ. Throws RangeError below two units. */
export function pauleMandel(units: readonly UnitEffect[]): number {
  if (units.length < 2)
    throw new RangeError(`a variance between units needs at least two of them, got ${units.length}`);
  const wanted = units.length - 1;
  const middle = mean(units.map(({ value }) => value));
  const most = total(units.map(({ value }) => (value - middle) ** 2)) / wanted;
  // The mean of equal values may be off by its last bit.
  const largest = Math.max(...units.map(({ value }) => Math.abs(value)));
  if (Math.sqrt(most) <= 1e-12 * largest) return 0;
  if (most === 0 || units.every(({ variance }) => variance === 0)) return most;
  const excess = (between: number): number => {
    const weights = weightsAt(units, between);
    return weightedSquares(units, weights, weightedMean(units, weights)) - wanted;
  };
  if (units.every(({ variance }) => variance > 0) && excess(0) <= 0) return 0;
  // The sum falls with the variance, and at the plain variance of the values it is no longer above what is wanted.
  let [low, high] = [0, most];
  for (let step = 0; step < 200 && high - low > Number.EPSILON * high; step += 1) {
    const between = (low + high) / 2;
    if (excess(between) > 0) low = between;
    else high = between;
  }
  return (low + high) / 2;
}

/** The two-sided interval of the mean; `level` 0.05 gives 95 %. */
export function meanIntervalAt(effect: RandomEffects, level: number): { low: number; high: number } {
  return around(effect, effect.standardError, level);
}

/**
 * What another unit of the same kind would show, measured as they were: mean +- t(1 - level/2, k - 1) sqrt(variance between + variance within + squared standard error). That of Higgins, Thompson & Spiegelhalter 2009 is without
 * the variance within: where a true effect lies, which nobody sees. With units of one precision this is the classical interval for one more value, which holds its level for few units too.
 */
export function predictionIntervalAt(effect: RandomEffects, level: number): { low: number; high: number } {
  const { betweenVariance, typicalVariance, standardError } = effect;
  return around(effect, Math.sqrt(betweenVariance + typicalVariance + standardError ** 2), level);
}

function around({ mean: middle, degreesOfFreedom }: RandomEffects, width: number, level: number) {
  const half = studentTQuantile(1 - level / 2, degreesOfFreedom) * width;
  return { low: middle - half, high: middle + half };
}

/** That of Higgins & Thompson 2002. */
function typicalVarianceOf(units: readonly UnitEffect[]): number {
  if (units.some(({ variance }) => variance === 0)) return 0;
  const weights = weightsAt(units, 0);
  const whole = total(weights);
  return ((units.length - 1) * whole) / (whole ** 2 - total(weights.map((weight) => weight ** 2)));
}

/** Equal where nothing is known to vary. */
function weightsAt(units: readonly UnitEffect[], between: number): number[] {
  if (between === 0 && units.some(({ variance }) => variance === 0)) return units.map(() => 1);
  return units.map(({ variance }) => 1 / (variance + between));
}

function weightedMean(units: readonly UnitEffect[], weights: readonly number[]): number {
  return total(units.map(({ value }, index) => value * (weights.at(index) ?? 0))) / total(weights);
}

function weightedSquares(units: readonly UnitEffect[], weights: readonly number[], middle: number): number {
  return total(units.map(({ value }, index) => (weights.at(index) ?? 0) * (value - middle) ** 2));
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
