import type { Clock } from '../../clock/index.ts';

interface Queue {
  /** When anything last came, by the monotonic clock. */
  atMs: number;
  /** Work that came in the span that ended then, and what was left before it, ms. */
  workMs: number;
  /** How long that span was, ms. */
  spanMs: number;
}

/** Of the first calls nobody knows since when they came, ms. */
const SLICE_MS = 1000;
/** Who waits for longer than the usual deadline waits no more, ms. */
const GIVEN_UP_MS = 1000;

/** How long calls to units wait for those before them. A fake load brings all calls of a slice at its end, as if they had come evenly since the slice before. */
export class FakeQueues {
  readonly #clock: Clock;
  readonly #queues = new Map<object, Queue>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A call that takes so long joins the others; how long it takes with its waiting, ms. */
  join(unit: object, takesMs: number): number {
    const queue = this.#at(unit);
    queue.workMs += takesMs;
    return takesMs + Math.max(0, queue.workMs - queue.spanMs);
  }

  /** The one with the least to do; the first of them. */
  shortest<T extends object>(units: readonly T[]): T | undefined {
    const [first, ...others] = units;
    const workOf = (unit: T): number => this.#at(unit).workMs;
    return others.reduce((best, unit) => (best === undefined || workOf(unit) < workOf(best) ? unit : best), first);
  }

  #at(unit: object): Queue {
    const nowMs = this.#clock.monotonicMs();
    const known = this.#queues.get(unit) ?? { atMs: nowMs, workMs: 0, spanMs: SLICE_MS };
    this.#queues.set(unit, known);
    if (known.atMs < nowMs) {
      // What did not fit into the span before is left, but for what has been given up meanwhile.
      known.workMs = Math.min(GIVEN_UP_MS, Math.max(0, known.workMs - known.spanMs));
      known.spanMs = nowMs - known.atMs;
      known.atMs = nowMs;
    }
    return known;
  }
}
