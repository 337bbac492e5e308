import type { Value } from './histogram.ts';
import { wilson } from './proportion.ts';
import type { Slice } from './round.ts';
import { aboveBound, askedIn, quantileOf, slicesWithin, type Asked } from './windows.ts';

/** Length of a window that must be as good as before, ms. */
const WINDOW_MS = 5000;

/** From `fromMs` to the start of the first window that is as good as the baseline; a bound, the first start of which no whole window was watched, where none was. */
export function recovery(slices: readonly Slice[], before: Asked, fromMs: number, untilMs: number): Value {
  const watched = slicesWithin(slices, fromMs, untilMs);
  const p95 = quantileOf(before, 0.95) ?? 0;
  const bound = Math.max(1.2 * p95, p95 + 10);
  for (const { startMs } of watched) {
    const window = slicesWithin(watched, startMs, startMs + WINDOW_MS);
    const last = window.at(-1);
    if (last === undefined || last.startMs + last.lengthMs < startMs + WINDOW_MS - 1)
      return { value: startMs - fromMs, atLeast: true };
    if (isBack(askedIn(window), before, bound)) return { value: startMs - fromMs, atLeast: false };
  }
  return { value: 0, atLeast: true };
}

function isBack(now: Asked, before: Asked, boundMs: number): boolean {
  if (now.scheduled === 0) return false;
  if (now.good / now.scheduled < (0.99 * before.good) / before.scheduled) return false;
  const all = now.answersMs.length + now.failuresMs.length;
  return wilson(aboveBound(now, boundMs), all).low <= 0.05;
}
