import type { AgentMessage } from './protocol.ts';

/** Why a call to the agent failed: what the agent says, `gone` when the agent itself has ended, `protocol` when it speaks nonsense. */
export type AgentFailureKind = Extract<AgentMessage, { type: 'failure' }>['kind'] | 'gone' | 'protocol';

/** A call through the agent did not succeed. */
export class AgentFailure extends Error {
  override name = 'AgentFailure';
  readonly kind: AgentFailureKind;

  constructor(kind: AgentFailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** The failure that an error of Node's network code stands for. */
export function failureOfError(error: unknown): AgentFailure {
  if (error instanceof AgentFailure) return error;
  const text = error instanceof Error ? error.message : String(error);
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
      return new AgentFailure('refused', text);
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
      return new AgentFailure('reset', text);
    case 'ETIMEDOUT':
      return new AgentFailure('timeout', text);
    default:
      return new AgentFailure('other', text);
  }
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
