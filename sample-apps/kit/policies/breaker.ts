import { steadyMs } from '../clock.ts';
import type { Resilience } from '../configuration.ts';
import { assertInTime } from '../context.ts';
import { TransactionConflict } from '../database/conflict.ts';
import { CallError, asCallError } from '../errors.ts';
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
 * Share of the patience for one attempt that is a fair time to answer in. Below a half, since an optional question is given half of it
 * (see `createDegrade`), of which its caller has used a little before.
 */
const fairShare = 0.4;

/** What a call says about its target. */
type Outcome = 'good' | 'refused' | 'bad' | 'nothing';

/**
 * Stops calling a target whose calls fail too often, and tries it again with one call after `openMs`; calls that come during the trial
 * wait for what it decides. Nothing else decides: an outcome counts only in the closed period in which its call began, so one that began
 * before an outage and ends after it says nothing about the target as it is now.
 *
 * Neither does a call that ran out of a time that was too short from the start: less than two fifths of `patienceMs`, the policy's own
 * time for an attempt. It counts as nothing, and a trial that ends so is left to the next caller. A call whose time is up already is
 * neither sent nor counted.
 */
export function breakerGuard(
  target: string,
  { patienceMs, ...options }: NonNullable<Resilience['circuitBreaker']> & { readonly patienceMs: number },
  counters: PolicyCounters,
): Guard {
  const fairMs = fairShare * patienceMs;
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

  /** The trial said nothing: as open as before, and the next one may try. */
  function undecided(): State {
    counters.breakerState[target] = 'open';
    return { kind: 'open', untilMs: steadyMs() };
  }

  /** Calls the target and tells `judge` what that says about it. */
  async function observed(call: GuardedCall, next: Attempt, judge: (outcome: Outcome) => void): Promise<unknown> {
    const leftMs = call.context.deadlineAtMs - steadyMs();
    try {
      const answer = await next(call);
      judge('good');
      return answer;
    } catch (error) {
      const { code, refused } = asCallError(error);
      // It says nothing about the target, and the call will be made again.
      if (error instanceof TransactionConflict) judge('nothing');
      else if (refused) judge('refused');
      else judge(code === 'deadline' && leftMs < fairMs ? 'nothing' : 'bad');
      throw error;
    }
  }

  function count(outcomes: Outcomes, outcome: 'good' | 'bad'): void {
    outcomes.add(outcome);
    const bad = outcomes.sum('bad');
    const total = bad + outcomes.sum('good');
    const current = state.kind === 'closed' && state.outcomes === outcomes;
    if (outcome === 'bad' && current && total >= minimumCalls && bad > share * total) state = opened();
  }

  async function tried(call: GuardedCall, next: Attempt): Promise<unknown> {
    let decide = (): void => {};
    const decided = new Promise<void>((resolve) => {
      decide = resolve;
    });
    state = { kind: 'half-open', decided };
    counters.breakerState[target] = 'half-open';
    return observed(call, next, (outcome) => {
      // A refusal is the answer of a target that is well.
      state = { good: closed, refused: closed, bad: opened, nothing: undecided }[outcome]();
      decide();
    });
  }

  return async (call, next) => {
    const startMs = steadyMs();
    for (;;) {
      assertInTime(call.context, `the call to ${target}`);
      switch (state.kind) {
        case 'closed': {
          const { outcomes } = state;
          return observed({ ...call, queuedMs: call.queuedMs + steadyMs() - startMs }, next, (outcome) => {
            if (outcome === 'good' || outcome === 'bad') count(outcomes, outcome);
          });
        }
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
