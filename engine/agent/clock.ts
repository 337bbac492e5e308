/** Milliseconds since the epoch, with fraction. */
export function clockMs(): number {
  return performance.timeOrigin + performance.now();
}
