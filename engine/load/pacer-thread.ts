/** Places in the shared array of 32-bit integers. */
export const CONTROL = { read: 0, write: 1, stop: 2, pending: 3, sleep: 4, calibrationRounds: 5, passed: 6 } as const;
/** Places in the shared array of doubles; the alarm clock's instants follow from `times` on. */
export const CLOCK = { compensationMs: 0, lostMs: 1, sentAtMs: 2, quantumMs: 3, times: 8 } as const;
/** Instants the thread knows in advance. */
export const RING_SIZE = 8192;

export interface PacerThreadData {
  control: Int32Array;
  clock: Float64Array;
  ringSize: number;
  /** Where each value is, since the thread can import nothing. */
  places: { control: typeof CONTROL; clock: typeof CLOCK };
}

/** What the thread is given of Node's own module of that name. */
interface ThreadTools {
  workerData: PacerThreadData;
  parentPort: { postMessage(message: number): void };
}

/**
 * The program of the pacer's thread. It is started from its own text, so that the generator stays one file wherever it is bundled to;
 * therefore it must not refer to anything outside itself. It sleeps until the next instant less the compensation, wakes the
 * generator with a message unless one is still unread, and meanwhile measures how late its own sleeps end.
 */
export function pacerThread({ workerData, parentPort }: ThreadTools): void {
  const { control, clock, ringSize, places } = workerData;
  const { read, write, stop, pending, sleep, calibrationRounds, passed } = places.control;
  // A sleep that ends this much too late is a hiccup of the machine; sleeps are this long at most, so that hiccups are seen.
  const hiccupMs = 1;
  const longestSleepMs = 2;
  // The clock of this machine, the same in every thread (performance.now() counts from each thread's own start).
  const nowMs = (): number => {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1e3 + nanoseconds / 1e6;
  };

  for (let round = control[calibrationRounds] ?? 0; round > 0; round--) {
    const target = nowMs() + 0.4 + (round % 5) * 0.1;
    Atomics.wait(control, sleep, 0, target - nowMs());
    clock[places.clock.sentAtMs] = target;
    Atomics.store(control, pending, 1);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
    parentPort.postMessage(0);
    // The next one only after this one was read.
    Atomics.wait(control, pending, 1, 50);
  }

  let rangAtMs = 0;
  while (Atomics.load(control, stop) === 0) {
    const known = Atomics.load(control, write);
    let at = Math.max(Atomics.load(control, read), Atomics.load(control, passed));
    let now = nowMs();
    const alarm =
      at >= known
        ? Number.POSITIVE_INFINITY
        : Math.max(
            (clock[places.clock.times + (at % ringSize)] ?? 0) - (clock[places.clock.compensationMs] ?? 0),
            rangAtMs + (clock[places.clock.quantumMs] ?? 0),
          );
    if (alarm <= now) {
      // All that is due shares this alarm.
      do at++;
      while (at < known && (clock[places.clock.times + (at % ringSize)] ?? 0) <= now);
      Atomics.store(control, read, at);
      if (Atomics.exchange(control, pending, 1) === 0) {
        rangAtMs = now;
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
        parentPort.postMessage(0);
      }
      continue;
    }
    const target = Math.min(alarm, now + longestSleepMs);
    Atomics.wait(control, sleep, 0, target - now);
    now = nowMs();
    if (now - target > hiccupMs) clock[places.clock.lostMs] = (clock[places.clock.lostMs] ?? 0) + (now - target);
  }
}
