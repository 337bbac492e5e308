/** Milliseconds on the process's steady clock, with fraction. Deadlines and durations use it. */
export function steadyMs(): number {
  return performance.now();
}

/** Milliseconds since the epoch, with fraction, on the same steady clock. */
export function epochMs(): number {
  return performance.timeOrigin + performance.now();
}

/** Resolves after `ms` milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
