import type { ClockOffset } from './observed.ts';
import { seconds } from './probe/impossible-time.ts';

/** Clocks that time servers steer run apart by no more than this: each by 0.05 %, and what its crystal does. */
const mostDrift = 0.001;
/** What moves no moment into another slice, ms. */
const unseenMs = 100;
/** An event that the engine stamps farther off than this counts from when it was told: a clock that was set by more has moved no moment, ms. */
export const toldWithinMs = 5000;

/**
 * Clocks that did not run on as the laboratory's did between the first and the last time they were measured, as that of a machine that stood still for a while, each in words: moments
 * by one and by the other are then not of one time line. Pure.
 */
export function movedClocks(clocks: readonly ClockOffset[]): string[] {
  const names = [...new Set(clocks.map(({ of }) => of))];
  return names.flatMap((name) => {
    const measured = clocks.filter(({ of }) => of === name);
    const [first, last] = [measured[0], measured.at(-1)];
    if (first === undefined || last === undefined) return [];
    const movedMs = last.offsetMs - first.offsetMs;
    const allowedMs =
      unseenMs + (first.roundTripMs + last.roundTripMs) / 2 + mostDrift * Math.max(0, last.atMs - first.atMs);
    if (Math.abs(movedMs) <= allowedMs) return [];
    if (name === 'engine' && Math.abs(movedMs) > toldWithinMs + allowedMs) return [];
    return [`impossible times: the ${name}'s clock moved by ${seconds(movedMs)} while it was measured`];
  });
}
