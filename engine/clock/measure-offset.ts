import type { Clock } from './clock.ts';

/** How far another clock is ahead of this one, ms; known to within half of the round trip. */
export interface MeasuredOffset {
  offsetMs: number;
  roundTripMs: number;
  atMs: number;
}

/** Reads another clock a few times and believes the reading with the shortest round trip (Cristian's method). Rejects with what a reading rejects with. */
export async function measureOffset(
  clock: Clock,
  readMs: () => Promise<number>,
  readings: number,
): Promise<MeasuredOffset> {
  let best: MeasuredOffset | null = null;
  for (let reading = 0; best === null || reading < readings; reading += 1) {
    const askedAtMs = clock.nowMs();
    const otherMs = await readMs();
    const atMs = clock.nowMs();
    const roundTripMs = atMs - askedAtMs;
    if (best === null || roundTripMs < best.roundTripMs)
      best = { offsetMs: otherMs - (askedAtMs + roundTripMs / 2), roundTripMs, atMs };
  }
  return best;
}
