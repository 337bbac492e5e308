import { steadyMs } from '../clock.ts';
import type { Resilience } from '../configuration.ts';
import { assertInTime } from '../context.ts';
import { CallError } from '../errors.ts';
import type { PolicyCounters } from './counters.ts';
import type { Guard } from './guard.ts';
import { inTime } from './in-time.ts';

/**
 * Bounds the calls to one target that run at once and wait in line, first come, first served; the wait is told to the span. A call whose
 * time is up leaves the line and its place in it; one that comes without time is given neither.
 */
export function bulkheadGuard(
  target: string,
  options: NonNullable<Resilience['bulkhead']>,
  counters: PolicyCounters,
): Guard {
  let running = 0;
  const line = new Set<() => void>();

  /** Comes back with a place to run in. */
  function wait(deadlineAtMs: number): Promise<void> {
    let enter = (): void => {};
    const turn = (): Promise<void> =>
      new Promise((resolve) => {
        enter = resolve;
        line.add(enter);
      });
    return inTime(deadlineAtMs, `no call to ${target} ended in time to make room`, turn, () => line.delete(enter));
  }

  /** The place goes to the next in line. */
  function leave(): void {
    const [next] = line;
    if (next === undefined) {
      running--;
      return;
    }
    line.delete(next);
    next();
  }

  return async (call, next) => {
    assertInTime(call.context, `the call to ${target}`);
    const startMs = steadyMs();
    if (running < options.concurrent) running++;
    else if (line.size < options.queued) await wait(call.context.deadlineAtMs);
    else {
      counters.rejectedByBulkhead++;
      throw new CallError('bulkhead-full', `too many calls to ${target} are under way`);
    }
    try {
      return await next({ ...call, queuedMs: call.queuedMs + steadyMs() - startMs });
    } finally {
      leave();
    }
  };
}
