import { studentT } from '../beta.ts';
import type { Count } from '../proportion.ts';
import { mean } from '../scales.ts';
import { degradation, isSlower, REAL, type Cell, type Slow } from './cell.ts';

/** One endpoint under one fault over all deployments of a variant. */
export interface JudgedCell {
  endpoint: string;
  hurtIn: number;
  hurt: boolean;
  cutOff: boolean;
}

/** Judges the cells of one endpoint, one a deployment. */
export function overDeployments(endpoint: string, cells: readonly Cell[]): JudgedCell {
  const isMost = (count: number) => count * 2 > cells.length;
  const pooled = degradation(total(cells.map(({ good }) => good.under)), total(cells.map(({ good }) => good.before)));
  const lost = pooled.low > REAL && isMost(cells.filter((cell) => cell.degradation.value > REAL).length);
  const hurt = lost || isSlowerInAll(cells.map(({ slow }) => slow).filter((slow) => slow !== null));
  return {
    endpoint,
    hurtIn: cells.filter((cell) => cell.hurt).length,
    hurt,
    cutOff: !hurt && isMost(cells.filter((cell) => cell.cutOff || cell.hurt).length),
  };
}

/** Slower with all answers together, and by the t interval over deployments; each by itself where there are fewer than three. */
function isSlowerInAll(all: readonly Slow[]): boolean {
  const slow = all.filter(({ under }) => under.trials > 0);
  if (slow.length < 3) return slow.length > 0 && slow.every(isSlower);
  if (!isSlower({ before: total(slow.map(({ before }) => before)), under: total(slow.map(({ under }) => under)) }))
    return false;
  const excess = slow.map(({ before, under }) => share(under) - Math.max(0.05, share(before)));
  const middle = mean(excess);
  const variance = excess.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (excess.length - 1);
  return middle > studentT(0.05, excess.length - 1) * Math.sqrt(variance / excess.length);
}

function total(counts: readonly Count[]): Count {
  const sum = (pick: (one: Count) => number) => counts.reduce((all, one) => all + pick(one), 0);
  return { successes: sum((one) => one.successes), trials: sum((one) => one.trials) };
}

function share({ successes, trials }: Count): number {
  return trials === 0 ? 0 : successes / trials;
}
