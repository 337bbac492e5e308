import type { Pacer } from './pacer.ts';
import { startThreadPacer } from './thread-pacer.ts';
import { startTimerPacer } from './timer-pacer.ts';

/** Lateness of the thread's alarms beyond which it is no better than a timer, 99th percentile, ms. */
const LIMIT_P99_MS = 1;
/** A busy moment of the machine is not the machine: it gets that many chances. */
const ATTEMPTS = 3;

/** The best pacer this machine has: a calibrated thread, or the timer. */
export async function choosePacer(): Promise<Pacer> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { pacer, calibration } = await startThreadPacer();
    if (calibration.p99Ms <= LIMIT_P99_MS) return pacer;
    await pacer.close();
  }
  return startTimerPacer();
}
