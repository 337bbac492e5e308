import { CircuitState, SamplingBreaker, circuitBreaker, handleWhen, isBrokenCircuitError } from 'cockatiel';
import type { Resilience } from '../configuration.ts';
import { CallError } from '../errors.ts';
import type { BreakerState, PolicyCounters } from './counters.ts';
import type { Guard } from './guard.ts';

const words: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
};

/** Stops calling a target whose calls fail too often, and tries it again with one call after `openMs`. */
export function breakerGuard(
  target: string,
  options: NonNullable<Resilience['circuitBreaker']>,
  counters: PolicyCounters,
): Guard {
  const policy = circuitBreaker(
    handleWhen((error) => !(error instanceof CallError && error.refused)),
    {
      halfOpenAfter: options.openMs,
      breaker: new SamplingBreaker({
        // The library wants a share below one, and reads a minimum of zero as "choose for me".
        threshold: Math.min(options.failureShare, 0.999),
        duration: options.windowMs,
        minimumRps: Math.max(options.minimumCallsPerSecond, 0.001),
      }),
    },
  );
  counters.breakerState[target] = 'closed';
  policy.onStateChange((state) => {
    counters.breakerState[target] = words[state];
    if (state === CircuitState.Open) counters.breakerOpens++;
  });
  return (call, next) =>
    policy
      .execute(() => next(call))
      .catch((error: unknown) => {
        throw isBrokenCircuitError(error)
          ? new CallError('breaker-open', `calls to ${target} are suspended because too many failed`)
          : error;
      });
}
