import { steadyMs } from '../clock.ts';
import { CallError } from '../errors.ts';

/**
 * What `work` gives; or, once `deadlineAtMs` (steady clock) has come, `CallError` `deadline` with that message. `onLate` is told then. Every
 * wait of a call is bounded by this: in a line, for a breaker's trial, for the answer.
 */
export function inTime<T>(
  deadlineAtMs: number,
  message: string,
  work: () => Promise<T>,
  onLate?: () => void,
): Promise<T> {
  if (deadlineAtMs === Infinity) return work();
  return new Promise((resolve, reject) => {
    const late = (): void => {
      onLate?.();
      reject(new CallError('deadline', message));
    };
    const leftMs = deadlineAtMs - steadyMs();
    if (leftMs <= 0) {
      late();
      return;
    }
    const timer = setTimeout(late, Math.ceil(leftMs));
    work().then(
      (answer) => {
        clearTimeout(timer);
        resolve(answer);
      },
      (error: unknown) => {
        clearTimeout(timer);
        // oxlint-disable-next-line prefer-promise-reject-errors -- passed on as it came
        reject(error);
      },
    );
  });
}
