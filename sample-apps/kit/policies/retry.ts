import { sleep, steadyMs } from '../clock.ts';
import type { Resilience } from '../configuration.ts';
import { CallError } from '../errors.ts';
import type { Random } from '../random.ts';
import { RetryBudget } from './budget.ts';
import type { PolicyCounters } from './counters.ts';
import type { Guard } from './guard.ts';

/**
 * Repeats a call that failed in a way that may pass, with exponential backoff `backoffMs * 2^n`, of which the share `jitter` is
 * random, while the budget lasts and the caller has the time for it. What the last attempt threw is what the caller gets, at once: a wait
 * that ends after the caller's deadline is not begun.
 */
export function retryGuard(
  options: NonNullable<Resilience['retries']>,
  counters: PolicyCounters,
  random: Random,
): Guard {
  const budget = options.budget === null ? undefined : new RetryBudget(options.budget);
  const backoffMs = (retries: number): number => {
    const wait = options.backoffMs * 2 ** retries;
    return wait * (1 - options.jitter) + wait * options.jitter * random();
  };
  return async (call, next) => {
    const { deadlineAtMs } = call.context;
    // A call that is never sent earns no retries.
    if (steadyMs() < deadlineAtMs) budget?.first();
    for (let retries = 0; ; retries++) {
      try {
        return await next(call);
      } catch (error) {
        const mayPass = call.repeatable && error instanceof CallError && error.retryable;
        if (!mayPass || retries >= options.count) throw error;
        const waitMs = backoffMs(retries);
        if (steadyMs() + waitMs >= deadlineAtMs || budget?.take() === false) throw error;
        if (waitMs > 0) await sleep(waitMs);
        if (steadyMs() >= deadlineAtMs) throw error;
        counters.retries++;
      }
    }
  };
}
