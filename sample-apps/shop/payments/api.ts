import type { Handlers } from '../../kit/index.ts';
import { done } from '../shared/values.ts';
import type { paymentsContract } from './contract.ts';
import type { createLogic } from './logic.ts';

export function createHandlers(logic: ReturnType<typeof createLogic>): Handlers<typeof paymentsContract> {
  return {
    authorise: async (request, context) => ({ status: await logic.authorise(context, request) }),
    async capture({ key }, context) {
      await logic.capture(context, key);
      return done;
    },
    async void({ key }, context) {
      await logic.void(context, key);
      return done;
    },
    async charge(request, context) {
      await logic.charge(context, request);
      return done;
    },
  };
}
