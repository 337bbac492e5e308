import type { Clock } from '../clock.ts';

interface Timer {
  dueMs: number;
  /** Of two timers due at once the older rings first. */
  order: number;
  /** Somebody waits for it: time passes until it rings. */
  awaited: boolean;
  ring: () => void;
}

/** Turns of the event loop without a new timer after which everything that could go on has: answers pass through several streams. */
const quietTurns = 12;

/** Real time that is let pass at once, ms: the system's own timers are not finer than 1 ms, and a run sets one for less again and again. */
const leastSleepMs = 5;

/**
 * A clock for tests whose time passes only while somebody waits in `delay`, and then at once: it jumps to the next timer as soon as the program
 * has nothing else to do. Hours take milliseconds, and the order of events is the same every time.
 */
export class VirtualClock implements Clock {
  readonly #timers = new Set<Timer>();
  #elapsedMs = 0;
  #wallMs: number;
  readonly #speed: number;
  #order = 0;
  #running = false;
  #activity = 0;
  /** Real time that has yet to pass for the time that has passed here, ms; less than nothing when a sleep took longer than it was asked to. */
  #owedMs = 0;

  /** @param speed how many times faster than real time it passes; at once if not given, which is what every test wants that looks at no screen */
  constructor({ startsAtMs = Date.UTC(2026, 0, 1), speed = Infinity }: { startsAtMs?: number; speed?: number } = {}) {
    this.#wallMs = startsAtMs;
    this.#speed = speed;
  }

  nowMs(): number {
    return this.#wallMs + this.#elapsedMs;
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  after(durationMs: number, callback: () => void): () => void {
    return this.#add(durationMs, callback, false);
  }

  delay(durationMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        forget();
        reject(signal?.reason as Error);
      };
      if (signal?.aborted === true) {
        reject(signal.reason as Error);
        return;
      }
      const forget = this.#add(
        durationMs,
        () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
        true,
      );
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** Sets the wall clock forward or back, as a person or a time server does; durations stay what they are. */
  setWall(byMs: number): void {
    this.#wallMs += byMs;
  }

  #add(durationMs: number, ring: () => void, awaited: boolean): () => void {
    const timer: Timer = {
      dueMs: this.#elapsedMs + Math.max(0, durationMs),
      order: (this.#order += 1),
      awaited,
      ring,
    };
    this.#timers.add(timer);
    this.#activity += 1;
    this.#run();
    return () => {
      this.#timers.delete(timer);
    };
  }

  #run(): void {
    if (this.#running) return;
    this.#running = true;
    let seen = this.#activity;
    let quiet = 0;
    // Whatever is next by now: timers may have come or gone while real time passed.
    const ringNext = (): void => {
      const next = this.#next();
      if (next !== undefined) {
        this.#timers.delete(next);
        this.#elapsedMs = Math.max(this.#elapsedMs, next.dueMs);
        next.ring();
      }
      setImmediate(turn);
    };
    const turn = (): void => {
      quiet = this.#activity === seen ? quiet + 1 : 0;
      seen = this.#activity;
      if (quiet >= quietTurns) {
        quiet = 0;
        const next = this.#next();
        if (next === undefined) {
          this.#running = false;
          return;
        }
        this.#owedMs += Math.max(0, next.dueMs - this.#elapsedMs) / this.#speed;
        if (this.#owedMs >= leastSleepMs) {
          const from = performance.now();
          setTimeout(() => {
            this.#owedMs -= performance.now() - from;
            ringNext();
          }, this.#owedMs);
          return;
        }
        ringNext();
        return;
      }
      setImmediate(turn);
    };
    setImmediate(turn);
  }

  /** The timer that rings next; none when nobody waits. */
  #next(): Timer | undefined {
    const timers = [...this.#timers];
    if (!timers.some(({ awaited }) => awaited)) return undefined;
    return timers.toSorted((a, b) => a.dueMs - b.dueMs || a.order - b.order)[0];
  }
}
