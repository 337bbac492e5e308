/** So close together that nothing came between the two readings, ms. */
const NEGLIGIBLE_MS = 0.002;
const MOST_READINGS = 1000;

/**
 * How far `clock` is ahead of `reference`, ms, when both run at the same pace. A program may be put aside between two readings, for
 * many milliseconds on a busy machine: of several the one is taken during which the least time passed.
 */
export function clockOffsetMs(clock: () => number, reference: () => number): number {
  let narrowestMs = Number.POSITIVE_INFINITY;
  let offsetMs = 0;
  for (let reading = 0; reading < MOST_READINGS && narrowestMs > NEGLIGIBLE_MS; reading++) {
    const beforeMs = reference();
    const clockMs = clock();
    const afterMs = reference();
    if (afterMs - beforeMs >= narrowestMs) continue;
    narrowestMs = afterMs - beforeMs;
    offsetMs = clockMs - (beforeMs + afterMs) / 2;
  }
  return offsetMs;
}
