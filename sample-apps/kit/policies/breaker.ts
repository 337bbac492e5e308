import { steadyMs } from '../clock.ts';
import type { Resilience } from '../configuration.ts';
import { CallError } from '../errors.ts';
import type { PolicyCounters } from './counters.ts';
import type { Attempt, Guard, GuardedCall } from './guard.ts';
import { inTime } from './in-time.ts';
import { SlidingCounts } from './sliding-counts.ts';

type Outcomes = SlidingCounts<'good' | 'bad'>;
type State =
  | { readonly kind: 'closed'; readonly outcomes: Outcomes }
  | { readonly kind: 'open'; readonly untilMs: number }
  /** `decided` resolves when the trial has ended and the next state holds. */
  | { readonly kind: 'half-open'; readonly decided: Promise<void> };

/**
 * Stops calling a target whose calls fail too often, and tries it again with one call after `openMs`; calls that come during the trial
 * wait for what it decides. Nothing else decides: an outcome counts only in the closed period in which its call began, so one that began
 * before an outage and ends after it says nothing about the target as it is now.
 */
export function breakerGuard(
  target: string,
  options: NonNullable<Resilience['circuitBreaker']>,
  counters: PolicyCounters,
): Guard {
  // A share of one is reached, never exceeded.
  const share = Math.min(options.failureShare, 0.999);
  const slots = Math.max(5, Math.ceil(options.windowMs / 1000));
  const minimumCalls = (options.minimumCallsPerSecond * options.windowMs) / 1000;
  let state: State = closed();

  function closed(): State {
    counters.breakerState[target] = 'closed';
    return {
      kind: 'closed',
      outcomes: new SlidingCounts(['good', 'bad'], slots, options.windowMs / slots, steadyMs),
    };
  }

  function opened(): State {
    counters.breakerState[target] = 'open';
    counters.breakerOpens++;
    return { kind: 'open', untilMs: steadyMs() + options.openMs };
  }

  async function watched(outcomes: Outcomes, call: GuardedCall, next: Attempt): Promise<unknown> {
    try {
      const answer = await next(call);
      outcomes.add('good');
      return answer;
    } catch (error) {
      if (isFailure(error)) {
        outcomes.add('bad');
        const bad = outcomes.sum('bad');
        const total = bad + outcomes.sum('good');
        const current = state.kind === 'closed' && state.outcomes === outcomes;
        if (current && total >= minimumCalls && bad > share * total) state = opened();
      }
      throw error;
    }
  }

  async function tried(call: GuardedCall, next: Attempt): Promise<unknown> {
    let decide = (): void => {};
    const decided = new Promise<void>((resolve) => {
      decide = resolve;
    });
    state = { kind: 'half-open', decided };
    counters.breakerState[target] = 'half-open';
    try {
      const answer = await next(call);
      state = closed();
      return answer;
    } catch (error) {
      state = isFailure(error) ? opened() : closed();
      throw error;
    } finally {
      decide();
    }
  }

  return async (call, next) => {
    const startMs = steadyMs();
    for (;;) {
      switch (state.kind) {
        case 'closed':
          return watched(state.outcomes, { ...call, queuedMs: call.queuedMs + steadyMs() - startMs }, next);
        case 'open':
          if (steadyMs() >= state.untilMs) return tried(call, next);
          throw new CallError('breaker-open', `calls to ${target} are suspended because too many failed`);
        case 'half-open': {
          const { decided } = state;
          await inTime(call.context.deadlineAtMs, `the trial call to ${target} did not end in time`, () => decided);
        }
      }
    }
  };
}

/** A refusal is the answer of a target that is well. */
function isFailure(error: unknown): boolean {
  return !(error instanceof CallError && error.refused);
}
