import { withTransaction } from '../context.ts';
import type { Transport } from './attempt.ts';
import { checkOutput, serve, type Callee } from './callee.ts';

/** Calls a module of the same unit directly: checked like a remote call, but no JSON, and the caller's transaction goes along. */
export function localTransport(callee: Callee): Transport {
  return async (definition, operation, input, context, cancellation) => {
    const { transaction } = context;
    if (transaction === undefined)
      return checkOutput(definition, callee.name, operation, await serve(callee, operation, input, context));
    const scope = transaction.scope();
    cancellation.onCancel = () => transaction.endScope(scope, 'undo');
    try {
      const answer = await serve(callee, operation, input, withTransaction(context, scope));
      const checked = checkOutput(definition, callee.name, operation, answer);
      transaction.endScope(scope, 'keep');
      return checked;
    } catch (error) {
      transaction.endScope(scope, 'undo');
      throw error;
    }
  };
}
