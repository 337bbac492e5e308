/** Wakes the generator at given instants. */
export interface Pacer {
  readonly kind: 'thread' | 'timer';
  /** The instant to be woken at is this much later than the pacer's own alarm: close instants are polled for, ms. */
  readonly compensationMs: number;
  /** Starts waking: `next` gives ever later instants of `performance.now()`, Infinity at the end; `onWake` may come a little early. */
  start(next: () => number, onWake: () => void): void;
  /** Share of the time since `start` that was lost because an alarm rang far too late, 0 to 1. */
  hiccupShare(): number;
  close(): Promise<void>;
}
