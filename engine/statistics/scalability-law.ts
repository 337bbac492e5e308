import { studentTQuantile } from './student-t.ts';
import { mean } from './summary.ts';

/** What so many instances carried in one deployment. */
export interface ScalingPoint {
  /** Points of one group share a level: what differs between deployments is not in the law. */
  group: string;
  /** 1 and more. */
  instances: number;
  /** Above 0, in any unit. */
  throughput: number;
}

interface Coefficient {
  value: number;
  /** 95 % interval, not below 0; null where too few points are left to know an error by. */
  interval: { low: number; high: number } | null;
}

/** X(n) = X(1) n / (1 + sigma (n - 1) + kappa n (n - 1)), as fitted. */
export interface ScalabilityFit {
  /** Share of the work that waits its turn (contention), 0 to 1. */
  sigma: Coefficient;
  /** What instances cost each other by agreeing (coherency), 0 to 1. */
  kappa: Coefficient;
  /** The level X(1), the geometric mean over the groups. */
  one: number;
  /** How far points typically are from the law, as a share; null where as many coefficients as points were fitted. */
  deviation: number | null;
  /** Whether points lie further from it than the law is worth reading with. */
  poor: boolean;
  /** What was measured: outside of that the law says nothing. */
  range: { low: number; high: number };
  points: number;
}

const confidence = 0.975;
/** Points further off than that on average: another shape than the law's, or noise. */
const poorDeviation = 0.1;
const fewestCounts = 3;
/** Coefficients that are tried first. */
const grid = [0, ...Array.from({ length: 49 }, (_, step) => 10 ** (-6 + step / 8))];

/**
 * Fits Gunther's universal scalability law (Gunther 2007) by least squares on the logarithm, with a level for each group; intervals by profile. Null with fewer than three different
 * numbers of instances: the law has three coefficients. Throws RangeError for instances below 1 and throughputs that are not above 0.
 */
export function fitScalabilityLaw(points: readonly ScalingPoint[]): ScalabilityFit | null {
  for (const { instances, throughput } of points)
    if (!(instances >= 1) || !(throughput > 0) || !Number.isFinite(throughput))
      throw new RangeError(`nothing that instances can carry: ${throughput} with ${instances} instances`);
  const counts = [...new Set(points.map(({ instances }) => instances))];
  if (counts.length < fewestCounts) return null;
  const groups = [...new Set(points.map(({ group }) => group))].map((name) =>
    points.filter(({ group }) => group === name),
  );
  const squares = (sigma: number, kappa: number): number =>
    groups.reduce((sum, group) => sum + spread(group.map((point) => level(point, sigma, kappa))), 0);
  const bestKappa = (sigma: number) => least((kappa) => squares(sigma, kappa));
  const bestSigma = (kappa: number) => least((sigma) => squares(sigma, kappa));
  const sigma = least((one) => bestKappa(one).value).at;
  const { at: kappa, value: unexplained } = bestKappa(sigma);
  const left = points.length - groups.length - 2;
  const limit = left < 1 ? null : unexplained * (1 + studentTQuantile(confidence, left) ** 2 / left);
  const deviation = left < 1 ? null : Math.sqrt(unexplained / left);
  return {
    sigma: { value: sigma, interval: intervalOf(sigma, limit, (one) => bestKappa(one).value) },
    kappa: { value: kappa, interval: intervalOf(kappa, limit, (one) => bestSigma(one).value) },
    one: Math.exp(mean(groups.map((group) => mean(group.map((point) => level(point, sigma, kappa)))))),
    deviation,
    poor: deviation !== null && deviation > poorDeviation,
    range: { low: Math.min(...counts), high: Math.max(...counts) },
    points: points.length,
  };
}

/** What the law says of so many instances; null outside of what was measured. */
export function lawAt({ sigma, kappa, one, range }: ScalabilityFit, instances: number): number | null {
  if (instances < range.low || instances > range.high) return null;
  return (one * instances) / slowdown(instances, sigma.value, kappa.value);
}

const slowdown = (instances: number, sigma: number, kappa: number): number =>
  1 + sigma * (instances - 1) + kappa * instances * (instances - 1);

/** The logarithm of X(1) by one point alone. */
const level = ({ instances, throughput }: ScalingPoint, sigma: number, kappa: number): number =>
  Math.log(throughput) - Math.log(instances) + Math.log(slowdown(instances, sigma, kappa));

function spread(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}

/** Where a function of one coefficient is least, from 0 to 1: on a grid, then between its neighbours by golden section. */
function least(of: (value: number) => number): { at: number; value: number } {
  const tried = grid.map(of);
  const best = tried.indexOf(Math.min(...tried));
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [grid[Math.max(0, best - 1)] ?? 0, grid[Math.min(grid.length - 1, best + 1)] ?? 1];
  for (let step = 0; step < 40; step += 1) {
    const [first, second] = [high - golden * (high - low), low + golden * (high - low)];
    if (of(first) <= of(second)) high = second;
    else low = first;
  }
  const at = (low + high) / 2;
  const onGrid = grid[best] ?? 0;
  return of(at) < (tried[best] ?? Infinity) ? { at, value: of(at) } : { at: onGrid, value: tried[best] ?? Infinity };
}

/** The coefficients with which the points are not much further off than with the best. */
function intervalOf(
  best: number,
  limit: number | null,
  profile: (value: number) => number,
): { low: number; high: number } | null {
  if (limit === null) return null;
  const edge = (outside: number): number => {
    if (profile(outside) <= limit) return outside;
    let [within, beyond] = [best, outside];
    for (let step = 0; step < 40; step += 1) {
      const middle = (within + beyond) / 2;
      if (profile(middle) <= limit) within = middle;
      else beyond = middle;
    }
    return within;
  };
  return { low: edge(0), high: edge(1) };
}
