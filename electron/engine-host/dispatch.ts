import { isAnyQuestionStuck } from '../../engine/files/index.ts';
import type { HostRequestName, HostRequests } from '../host-protocol/index.ts';
import { hostCommandSchema, Problem, problemData, type HostMessage } from '../host-protocol/index.ts';

/** One function a request. */
export type HostHandlers = {
  [N in HostRequestName]: (
    ...args: HostRequests[N]['arguments']
  ) => Promise<HostRequests[N]['result']> | HostRequests[N]['result'];
};

/** Answers commands with `handlers`, each with its id; what a handler throws becomes one sentence. Says also when it is stuck in a file system that does not answer. */
export function dispatcher(
  handlers: HostHandlers,
  post: (message: HostMessage) => void,
): (data: unknown) => Promise<void> {
  return async (data) => {
    const parsed = hostCommandSchema.safeParse(data);
    if (!parsed.success) return post({ type: 'log', level: 'warning', text: 'a message of unknown shape was dropped' });
    const command = parsed.data;
    try {
      if (!Object.hasOwn(handlers, command.name))
        throw new Problem('unknown-request', 'The engine host does not know this request.');
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- main sends what the map says
      const handler = handlers[command.name as HostRequestName] as (...args: unknown[]) => unknown;
      post({ type: 'answer', id: command.id, ok: true, value: await handler(...command.arguments) });
    } catch (error) {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
      post({ type: 'log', level: 'warning', text: `${command.name}: ${stack}` });
      post({ type: 'answer', id: command.id, ok: false, problem: problemData(error) });
    }
    if (isAnyQuestionStuck()) post({ type: 'stuck' });
  };
}
