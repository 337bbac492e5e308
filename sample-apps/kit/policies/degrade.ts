import type { Resilience } from '../configuration.ts';
import { withinMs, type CallContext } from '../context.ts';
import { CallError } from '../errors.ts';
import type { PolicyCounters } from './counters.ts';

/** Asks an optional module and answers without it when it fails. */
export type Degrade = <T>(context: CallContext, ask: (context: CallContext) => Promise<T>, substitute: T) => Promise<T>;

/**
 * With `fallback` on, a failed question gives the substitute; with it off, its error. With it on the question has half of the usual
 * deadline: a substitute that comes after the caller has gone helps nobody.
 */
export function createDegrade(resilience: Resilience, counters: PolicyCounters): Degrade {
  if (!resilience.fallback) return (context, ask) => ask(context);
  return async (context, ask, substitute) => {
    try {
      return await ask(withinMs(context, resilience.deadlineMs / 2));
    } catch (error) {
      if (error instanceof CallError && error.refused) throw error;
      counters.fallbacks++;
      return substitute;
    }
  };
}
