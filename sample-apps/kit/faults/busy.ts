import { steadyMs } from '../clock.ts';
import { answerFirstMs, type ActiveFault } from './kind.ts';

/** Keeps the event loop busy for `busyMs` of every `everyMs`. */
export function keepBusy(busyMs: number, everyMs: number): ActiveFault {
  let timer: NodeJS.Timeout;
  let due = steadyMs() + answerFirstMs;
  const slice = (): void => {
    const end = steadyMs() + busyMs;
    while (steadyMs() < end);
    due = Math.max(due + everyMs, steadyMs());
    // A full slice every time would otherwise never let the undo in.
    timer = setTimeout(slice, Math.max(due - steadyMs(), 1));
  };
  timer = setTimeout(slice, answerFirstMs);
  return { effectInMs: answerFirstMs, undo: () => clearTimeout(timer) };
}
