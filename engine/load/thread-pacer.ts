import { Worker } from 'node:worker_threads';
import { clockOffsetMs } from './clock-offset.ts';
import { CLOCK, CONTROL, pacerThread, RING_SIZE, type PacerThreadData } from './pacer-thread.ts';
import type { Pacer } from './pacer.ts';

/** How late an alarm reaches the generator here, ms, over the calibration's rounds. */
export interface Calibration {
  p50Ms: number;
  p90Ms: number;
}

const CALIBRATION_ROUNDS = 120;
/** A thread that need not be calibrated rings this often before it is used: one that has just been started is late with its first alarm, by tens of milliseconds. */
const FIRST_ROUNDS = 5;
/** What an alarm rings early the generator polls away with a busy loop: bounds on that, absolute and as a share of the time. */
const MAX_COMPENSATION_MS = 0.3;
const MAX_POLLING_SHARE = 0.25;
/** Where arrivals are rare, ringing earlier costs next to nothing, and an alarm that takes longer than usual is still in time. */
const MAX_EARLY_MS = 1;
const EARLY_SHARE = 0.05;

/** A thread that sleeps with `Atomics.wait` and wakes the generator by a message; awake and calibrated before it is returned (what is `known` already is not measured again). Throws an Error where the thread ends before that. `onWorker` sees the thread at its start. */
export async function startThreadPacer(
  known?: Calibration,
  onWorker: (worker: Worker) => void = () => undefined,
): Promise<{ pacer: Pacer; calibration: Calibration }> {
  const control = new Int32Array(new SharedArrayBuffer(64));
  const clock = new Float64Array(new SharedArrayBuffer((CLOCK.times + RING_SIZE) * 8));
  const rounds = known === undefined ? CALIBRATION_ROUNDS : FIRST_ROUNDS;
  control[CONTROL.calibrationRounds] = rounds;
  const data: PacerThreadData = { control, clock, ringSize: RING_SIZE, places: { control: CONTROL, clock: CLOCK } };
  const worker = new Worker(`(${pacerThread.toString()})(require('node:worker_threads'))`, {
    eval: true,
    workerData: data,
    // The options of the process (a loader for one) are not meant for this thread.
    execArgv: [],
  });
  onWorker(worker);
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  // Without a listener its error would end the whole program, also after it was calibrated.
  worker.on('error', () => undefined);
  const latenesses = await ring(worker, control, clock, rounds);
  const calibration = known ?? calibrationOf(latenesses);
  return { pacer: threadPacer(worker, ended, control, clock, calibration), calibration };
}

/** How late each of the thread's alarms was, ms. */
async function ring(worker: Worker, control: Int32Array, clock: Float64Array, rounds: number): Promise<number[]> {
  const latenesses: number[] = [];
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the pacer's thread ended with ${code} before it could be used`)));
    worker.on('message', () => {
      latenesses.push(machineNowMs() - (clock[CLOCK.sentAtMs] ?? 0));
      Atomics.store(control, CONTROL.pending, 0);
      Atomics.notify(control, CONTROL.pending);
      if (latenesses.length === rounds) resolve();
    });
  });
  worker.removeAllListeners('message');
  return latenesses;
}

function calibrationOf(latenesses: number[]): Calibration {
  // The first ones run cold.
  const sorted = latenesses.slice(20).sort((a, b) => a - b);
  return { p50Ms: sorted[Math.floor(sorted.length / 2)] ?? 0, p90Ms: sorted[Math.floor(sorted.length * 0.9)] ?? 0 };
}

function threadPacer(
  worker: Worker,
  ended: Promise<void>,
  control: Int32Array,
  clock: Float64Array,
  calibration: Calibration,
): Pacer {
  const offsetMs = clockOffsetMs(machineNowMs, () => performance.now());
  let source: () => number = () => Number.POSITIVE_INFINITY;
  let written = 0;
  let passed = 0;

  function fill(): void {
    const read = Math.max(passed, Atomics.load(control, CONTROL.read));
    if (written - read > RING_SIZE / 2) return;
    // What the generator has dealt with by itself before it was known here.
    for (; written < passed; written++) source();
    while (written - read < RING_SIZE) {
      const at = source();
      if (!Number.isFinite(at)) break;
      clock[CLOCK.times + (written % RING_SIZE)] = at + offsetMs;
      written++;
    }
    Atomics.store(control, CONTROL.write, written);
  }

  return {
    kind: 'thread',
    start(next, onWake, meanGapMs) {
      const compensationMs = Math.max(
        Math.min(calibration.p50Ms, MAX_COMPENSATION_MS, meanGapMs * MAX_POLLING_SHARE),
        Math.min(MAX_EARLY_MS, meanGapMs * EARLY_SHARE),
      );
      clock[CLOCK.compensationMs] = compensationMs;
      clock[CLOCK.quantumMs] = quantumMs(meanGapMs);
      clock[CLOCK.lostMs] = 0;
      source = next;
      worker.on('message', () => {
        Atomics.store(control, CONTROL.pending, 0);
        onWake();
      });
      fill();
      return compensationMs;
    },
    passed(count) {
      if (count === passed) return;
      passed = count;
      Atomics.store(control, CONTROL.passed, count);
      if (written - count < RING_SIZE / 2) fill();
    },
    lostMs: () => clock[CLOCK.lostMs] ?? 0,
    async close() {
      Atomics.store(control, CONTROL.stop, 1);
      Atomics.notify(control, CONTROL.sleep);
      Atomics.notify(control, CONTROL.pending);
      // It may have died long before.
      await ended;
    },
  };
}

/**
 * Arrivals this close share an alarm, since each one costs two switches between threads; where they are closer still, answers keep the
 * generator awake anyway and it starts by itself what is due.
 */
function quantumMs(meanGapMs: number): number {
  if (meanGapMs >= 0.2) return 0;
  return meanGapMs > 0.03 ? 0.2 : 1;
}

function machineNowMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
