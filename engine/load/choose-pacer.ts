import type { Pacer } from './pacer.ts';
import { startThreadPacer, type Calibration } from './thread-pacer.ts';
import { startTimerPacer } from './timer-pacer.ts';

/**
 * Lateness of the thread's alarms beyond which it is no better than a timer, ms. One in ten, not one in a hundred: of a calibration's
 * hundred rounds the latest shows what else the machine was doing, and that delays a timer as well.
 */
const LIMIT_P90_MS = 1;
/** A busy moment of the machine is not the machine: it gets that many chances. */
const ATTEMPTS = 3;

let known: Calibration | null = null;

/** The best pacer this machine has: a calibrated thread, or the timer. Found out once in a process: loads that follow each other are paced alike. */
export async function choosePacer(): Promise<Pacer> {
  if (known !== null) return (await startThreadPacer(known)).pacer;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { pacer, calibration } = await startThreadPacer();
    if (calibration.p90Ms <= LIMIT_P90_MS) {
      known = calibration;
      return pacer;
    }
    await pacer.close();
  }
  return startTimerPacer();
}
