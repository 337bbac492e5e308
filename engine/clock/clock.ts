/**
 * Where the laboratory's time comes from. Handed in, so that everything above a runtime can be tried in virtual time.
 * Instants are ms since the epoch; durations are taken from the monotonic reading alone, since the wall clock may be set.
 */
export interface Clock {
  /** The wall clock, ms since the epoch. */
  nowMs(): number;
  /** A reading that never goes back, ms since some instant of its own. */
  monotonicMs(): number;
  /** Settles after so many ms, at once where there are none left. Rejects with the signal's reason when it aborts. */
  delay(durationMs: number, signal?: AbortSignal): Promise<void>;
  /** Calls back once after so many ms; the returned function forgets it. Does not keep the program alive. */
  after(durationMs: number, callback: () => void): () => void;
}

/** Calls back again and again until the returned function is called. Does not keep the program alive. */
export function every(clock: Clock, periodMs: number, callback: () => void): () => void {
  let forget = (): void => undefined;
  let ended = false;
  const again = (): void => {
    forget = clock.after(periodMs, () => {
      callback();
      if (!ended) again();
    });
  };
  again();
  return () => {
    ended = true;
    forget();
  };
}
