import type {
  BridgeEventName,
  BridgeEvents,
  RequestArguments,
  RequestName,
  RequestResults,
} from '../../engine/model/index.ts';

/** A request that was refused or failed: one sentence, and the next step where there is one. */
export class BridgeError extends Error {
  readonly code: string;
  readonly nextStep: string | null;

  constructor(code: string, message: string, nextStep: string | null) {
    super(message);
    this.name = 'BridgeError';
    this.code = code;
    this.nextStep = nextStep;
  }
}

/** Asks the main process. Throws `BridgeError` when it refuses. */
export async function ask<N extends RequestName>(name: N, ...args: RequestArguments<N>): Promise<RequestResults[N]> {
  const envelope = await window.cleave.request(name, ...args);
  if (envelope.ok) return envelope.value;
  throw new BridgeError(envelope.error.code, envelope.error.message, envelope.error.nextStep);
}

/** Listens to the main process; returns the unsubscribe. */
export function listen<N extends BridgeEventName>(name: N, listener: (payload: BridgeEvents[N]) => void): () => void {
  return window.cleave.on(name, listener);
}
