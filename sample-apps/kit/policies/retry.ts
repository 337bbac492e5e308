import { DelegateBackoff, handleWhen, retry } from 'cockatiel';
import type { Resilience } from '../configuration.ts';
import { CallError } from '../errors.ts';
import type { Random } from '../random.ts';
import { RetryBudget } from './budget.ts';
import type { PolicyCounters } from './counters.ts';
import type { Guard } from './guard.ts';

/**
 * Repeats a call that failed in a way that may pass, with exponential backoff `backoffMs * 2^n`, of which the share `jitter` is
 * random, while the budget lasts.
 */
export function retryGuard(
  options: NonNullable<Resilience['retries']>,
  counters: PolicyCounters,
  random: Random,
): Guard {
  const budget = options.budget === null ? undefined : new RetryBudget(options.budget);
  const policy = retry(
    handleWhen((error) => error instanceof CallError && error.retryable),
    {
      maxAttempts: options.count,
      backoff: new DelegateBackoff((context) => {
        const wait = options.backoffMs * 2 ** (context.attempt - 1);
        return wait * (1 - options.jitter) + wait * options.jitter * random();
      }),
    },
  );
  return (call, next) => {
    budget?.first();
    if (!call.repeatable) return next(call);
    let last: unknown;
    return policy
      .execute(async ({ attempt }) => {
        if (attempt > 0) {
          if (performance.now() >= call.context.deadlineAtMs || (budget !== undefined && !budget.take()))
            throw new GivenUp(last);
          counters.retries++;
        }
        try {
          return await next(call);
        } catch (error) {
          last = error;
          throw error;
        }
      })
      .catch((error: unknown) => {
        throw error instanceof GivenUp ? error.last : error;
      });
  };
}

/** Ends the repetitions early; what the last attempt threw is what the caller gets. */
class GivenUp extends Error {
  readonly last: unknown;
  constructor(last: unknown) {
    super('no more attempts');
    this.last = last;
  }
}
