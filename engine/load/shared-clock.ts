/** Milliseconds since the epoch, with fraction, of an instant of this process's `performance.now()`. */
export function epochMs(performanceMs: number): number {
  return performance.timeOrigin + performanceMs;
}
