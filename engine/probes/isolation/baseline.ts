import type { Clock } from '../../clock/index.ts';
import { availability, tallyOf, tallyQuantile } from '../../evaluation/index.ts';
import { decimalFigure, percentFigure, type LineSlice } from '../../model/index.ts';
import type { SliceTrack } from '../track.ts';

const leastAvailability = 0.98;
const drift = 1.5;
const driftMs = 10;

/** Waits for a steady baseline window; extends once; says why not when it never was. */
export async function steadyBaseline(
  { clock, track, signal }: { clock: Clock; track: SliceTrack; signal: AbortSignal },
  lengthMs: number,
): Promise<{ slices: LineSlice[]; problem: string | null }> {
  // The first slice shows when the load began.
  await track.covered(1, signal);
  let fromMs = track.between(0, Infinity)[0]?.startMs ?? clock.nowMs();
  let problem: string | null = null;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await track.covered(fromMs + lengthMs, signal);
    const slices = track.between(fromMs, fromMs + lengthMs);
    problem = unsteady(slices);
    if (problem === null) return { slices, problem };
    fromMs += lengthMs;
  }
  return { slices: [], problem: `no fault was done because the baseline was not steady: ${problem}` };
}

/** What keeps a window from being a baseline, in words; null when it is steady. */
export function unsteady(slices: readonly LineSlice[]): string | null {
  const whole = tallyOf(slices);
  const share = availability(whole);
  if (share === null) return 'no request was scheduled in it';
  if (share < leastAvailability) return `only ${percentFigure(share, 1)} % of requests were good`;
  const half = Math.floor(slices.length / 2);
  const first = medianMs(slices.slice(0, half));
  const second = medianMs(slices.slice(half));
  if (first === null || second === null) return null;
  const [low, high] = first < second ? [first, second] : [second, first];
  return high > low * drift && high - low > driftMs
    ? `its median moved from ${decimalFigure(first, 1)} to ${decimalFigure(second, 1)} ms`
    : null;
}

function medianMs(slices: readonly LineSlice[]): number | null {
  return tallyQuantile(tallyOf(slices), 0.5)?.ms ?? null;
}
