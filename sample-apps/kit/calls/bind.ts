import type { Resilience } from '../configuration.ts';
import type { CallContext } from '../context.ts';
import type { Client, Contract } from '../contract.ts';
import type { PolicyCounters } from '../policies/counters.ts';
import { createGuards } from '../policies/guard.ts';
import type { Random } from '../random.ts';
import { attempt, type AttemptOptions } from './attempt.ts';
import { cameOutOf } from './origin.ts';

export interface Binding extends AttemptOptions {
  readonly resilience: Resilience;
  readonly counters: PolicyCounters;
  readonly random: Random;
}

/** A client of `contract` for one caller: policies, span, deadline and transport in one chain, whatever the transport is. */
export function bindClient<C extends Contract>(contract: C, binding: Binding): Client<C> {
  const { resilience, counters, random } = binding;
  // One breaker and one bulkhead for the target, shared by its operations.
  const guard = createGuards(contract.name, resilience, counters, random);
  const client: Record<string, (input: unknown, context: CallContext) => Promise<unknown>> = {};
  for (const [name, definition] of Object.entries(contract.operations)) {
    const call = guard((guarded) => attempt(binding, definition, name, guarded));
    client[name] = async (input, context) => {
      const repeatable =
        definition.repeat === 'safe' || (definition.repeat === 'with-key' && context.idempotencyKey !== undefined);
      try {
        return await call({ input, context, repeatable, queuedMs: 0 });
      } catch (thrown) {
        cameOutOf(thrown, contract.name, name);
        throw thrown;
      }
    };
  }
  return client as Client<C>;
}
