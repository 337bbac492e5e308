import { fisherMidP, ratioInterval, wilson, type Count } from '../proportion.ts';
import { quantileOf, wantedOf, type Asked } from '../windows.ts';

/** A loss is real when its interval lies above this share. */
export const REAL = 0.02;

/** One endpoint under one fault in one deployment. */
export interface Cell {
  endpoint: string;
  /** Share of the good requests that were lost, of those that were made, and its 95 % interval. */
  degradation: { value: number; low: number; high: number };
  hurt: boolean;
  cutOff: boolean;
  /** Median answer less the one before, ms. */
  addedMs: number | null;
  /** Good of the requests that were made, before the fault and under it. */
  good: { before: Count; under: Count };
  /** Answers above the bound, of all; null where the baseline has no answers to take a bound from. */
  slow: Slow | null;
}

/** Answers above the bound, before the fault and under it. */
export interface Slow {
  before: Count;
  under: Count;
}

/** 1 - good share now over the one before, with its interval. */
export function degradation(now: Count, before: Count): Cell['degradation'] {
  if (now.trials === 0 || before.trials === 0 || before.successes === 0) return { value: 0, low: 0, high: 1 };
  const ratio = now.successes / now.trials / (before.successes / before.trials);
  const { low, high } = ratioInterval(now, before);
  return { value: Math.max(0, 1 - ratio), low: Math.max(0, 1 - high), high: Math.min(1, Math.max(0, 1 - low)) };
}

function slowOf(before: Asked, under: Asked): Slow | null {
  const p95 = quantileOf({ ...before, failuresMs: [] }, 0.95);
  if (p95 === null) return null;
  const bound = Math.max(1.5 * p95, p95 + 50);
  const above = ({ answersMs }: Asked) => ({
    successes: answersMs.filter((ms) => ms > bound).length,
    trials: answersMs.length,
  });
  return { before: above(before), under: above(under) };
}

/** Whether more of the answers lie above the bound than chance puts there. */
export function isSlower({ before, under }: Slow): boolean {
  if (under.trials === 0 || wilson(under.successes, under.trials).low <= 0.05) return false;
  return under.successes / under.trials > before.successes / before.trials && fisherMidP(under, before) <= 0.025;
}

export function cellOf(endpoint: string, before: Asked, under: Asked): Cell {
  const good = {
    before: { successes: before.good, trials: before.scheduled },
    under: { successes: under.good, trials: under.scheduled },
  };
  const made = degradation(good.under, good.before);
  const wanted = degradation(
    { successes: under.good, trials: wantedOf(under) },
    { successes: before.good, trials: wantedOf(before) },
  );
  const slow = slowOf(before, under);
  const hurt = made.low > REAL || (slow !== null && isSlower(slow));
  const median = (asked: Asked) => quantileOf({ ...asked, failuresMs: [] }, 0.5);
  const [now, then] = [median(under), median(before)];
  return {
    endpoint,
    degradation: made,
    hurt,
    cutOff: !hurt && wanted.low > REAL,
    addedMs: now === null || then === null ? null : now - then,
    good,
    slow,
  };
}
