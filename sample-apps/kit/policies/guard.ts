import type { Resilience } from '../configuration.ts';
import { withinMs, type CallContext } from '../context.ts';
import type { Random } from '../random.ts';
import { breakerGuard } from './breaker.ts';
import { bulkheadGuard } from './bulkhead.ts';
import type { PolicyCounters } from './counters.ts';
import { retryGuard } from './retry.ts';

/** One call as the policies see it. */
export interface GuardedCall {
  readonly input: unknown;
  readonly context: CallContext;
  /** May be repeated when its outcome is open. */
  readonly repeatable: boolean;
  /** Time waited in the bulkhead's line and for a breaker's trial, ms. */
  readonly queuedMs: number;
}

export type Attempt = (call: GuardedCall) => Promise<unknown>;
/** A policy round the attempts of a call. */
export type Guard = (call: GuardedCall, next: Attempt) => Promise<unknown>;

/**
 * The policies that are on for calls to `target`, as one wrapper for the attempts of each of its operations: retries outside, so that
 * each attempt asks for its place; then the time of one attempt; then the bulkhead; then the breaker, which must not count calls that the
 * bulkhead refused. Whatever a call waits for in here ends with the caller's deadline, and an attempt with its own.
 */
export function createGuards(
  target: string,
  resilience: Resilience,
  counters: PolicyCounters,
  random: Random,
): (attempt: Attempt) => Attempt {
  const guards: Guard[] = [];
  if (resilience.retries !== null) guards.push(retryGuard(resilience.retries, counters, random));
  guards.push((call, next) => next({ ...call, context: withinMs(call.context, resilience.deadlineMs) }));
  if (resilience.bulkhead !== null) guards.push(bulkheadGuard(target, resilience.bulkhead, counters));
  if (resilience.circuitBreaker !== null) {
    const options = { ...resilience.circuitBreaker, patienceMs: resilience.deadlineMs };
    guards.push(breakerGuard(target, options, counters));
  }
  return (attempt) => guards.reduceRight<Attempt>((next, guard) => (call) => guard(call, next), attempt);
}
