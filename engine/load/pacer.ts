/** Wakes the generator at given instants. */
export interface Pacer {
  readonly kind: 'thread' | 'timer';
  /**
   * Starts waking: `next` gives ever later instants of `performance.now()`, Infinity at the end. `onWake` may come early by what is
   * returned, ms; an instant that close is the generator's own to wait for. `meanGapMs` is the mean distance of the instants.
   */
  start(next: () => number, onWake: () => void, meanGapMs: number): number;
  /** So many instants have been dealt with; nobody need be woken for them. */
  passed(count: number): void;
  /** Time since `start` that was lost because an alarm rang far too late, ms. */
  lostMs(): number;
  close(): Promise<void>;
}
