import type { LineSlice } from '../../model/index.ts';
import {
  fisherMidP,
  mean,
  standardDeviation,
  studentTQuantile,
  wilsonInterval,
  type Count,
} from '../../statistics/index.ts';
import { tallyOf, tallyQuantile } from './slices.ts';

const inflationFactor = 1.5;
const inflationMs = 50;
/** Share of requests that lie above a p95. */
const beyondP95 = 0.05;
const onlyByChance = 0.025;
/** Fewer deployments than this have no spread to judge by. */
const leastDeployments = 3;

/** Answers to one endpoint above its bound in one deployment, before the fault and under it. */
export interface SlowCounts {
  before: Count;
  during: Count;
}

/** How many answers of an endpoint lie above max(1.5 p95, p95 + 50 ms), p95 that of the baseline's answers; null without answers in the baseline. */
export function slowCounts(
  baseline: readonly LineSlice[],
  fault: readonly LineSlice[],
  endpoint: string,
): SlowCounts | null {
  const before = tallyOf(baseline, endpoint).answersMs;
  const p95Ms = tallyQuantile({ answersMs: before, failuresMs: [] }, 0.95)?.ms;
  if (p95Ms === undefined) return null;
  const boundMs = Math.max(inflationFactor * p95Ms, p95Ms + inflationMs);
  return { before: above(before, boundMs), during: above(tallyOf(fault, endpoint).answersMs, boundMs) };
}

/**
 * Whether answers were slower in one deployment beyond chance: the 95 % interval (Wilson) of the share above the bound lies above 5 %, and that share exceeds the baseline's (exact
 * test, mid-p at most 2.5 %). One stall of the machine can do that too: what an endpoint is called rests on all deployments.
 */
export function slowerOnce({ before, during }: SlowCounts): boolean {
  return wilsonInterval(during.successes, during.trials).low > beyondP95 && fisherMidP(during, before) <= onlyByChance;
}

/**
 * Whether answers were slower over deployments: with all of them together as in one, and the share above the bound, less the baseline's, exceeds 5 % by the t interval over
 * deployments. A stall of the machine is one deployment's and spreads the shares; a slowness of the application is in all. Below three deployments it must be in each.
 */
export function slowerOver(deployments: readonly (SlowCounts | null)[]): boolean {
  const counts = deployments.filter((one) => one !== null).filter(({ during }) => during.trials > 0);
  if (counts.length === 0) return false;
  if (counts.length < leastDeployments) return counts.every(slowerOnce);
  if (!slowerOnce({ before: total(counts.map((one) => one.before)), during: total(counts.map((one) => one.during)) }))
    return false;
  const excess = counts.map(({ before, during }) => share(during) - Math.max(share(before), beyondP95));
  const half =
    (studentTQuantile(1 - onlyByChance, excess.length - 1) * standardDeviation(excess)) / Math.sqrt(excess.length);
  return mean(excess) - half > 0;
}

function above(timesMs: readonly number[], boundMs: number): Count {
  return { successes: timesMs.filter((ms) => ms > boundMs).length, trials: timesMs.length };
}

function total(counts: readonly Count[]): Count {
  return {
    successes: counts.reduce((sum, { successes }) => sum + successes, 0),
    trials: counts.reduce((sum, { trials }) => sum + trials, 0),
  };
}

function share({ successes, trials }: Count): number {
  return trials === 0 ? 0 : successes / trials;
}
