import type { Handlers } from '../../kit/index.ts';
import type { notificationsContract } from './contract.ts';
import type { createLogic } from './logic.ts';

export function createHandlers(logic: ReturnType<typeof createLogic>): Handlers<typeof notificationsContract> {
  return { deliver: async ({ messages }, context) => ({ accepted: await logic.deliver(context, messages) }) };
}
