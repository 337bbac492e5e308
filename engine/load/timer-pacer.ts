import type { Pacer } from './pacer.ts';

/** A timer that rings this much too late is a hiccup of the machine and not the timer's grain. */
const HICCUP_MS = 5;

/** `setTimeout`: where a thread's sleep is no better than a timer. Late by about half a millisecond. */
export function startTimerPacer(): Pacer {
  let timer: NodeJS.Timeout | null = null;
  let lostMs = 0;
  let closed = false;

  return {
    kind: 'timer',
    start(next, onWake) {
      let due = next();
      const arm = (): void => {
        if (closed || !Number.isFinite(due)) return;
        const waitMs = Math.max(0, due - performance.now());
        timer = setTimeout(() => {
          const nowMs = performance.now();
          if (nowMs - due > HICCUP_MS) lostMs += nowMs - due;
          while (due <= nowMs) due = next();
          onWake();
          arm();
        }, waitMs);
      };
      arm();
      return 0;
    },
    // Its timer runs on the generator's own loop: it cannot ring while that is ahead.
    passed() {},
    lostMs: () => lostMs,
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      return Promise.resolve();
    },
  };
}
