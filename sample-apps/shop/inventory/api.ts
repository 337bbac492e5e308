import type { Handlers } from '../../kit/index.ts';
import { done } from '../shared/values.ts';
import type { inventoryContract } from './contract.ts';
import type { createLogic } from './logic.ts';

export function createHandlers(logic: ReturnType<typeof createLogic>): Handlers<typeof inventoryContract> {
  return {
    availability: async ({ productIds }, context) => ({ available: await logic.available(context, productIds) }),
    async reserve({ key, lines }, context) {
      await logic.reserve(context, key, lines);
      return done;
    },
    async commit({ key }, context) {
      await logic.commit(context, key);
      return done;
    },
    async release({ key }, context) {
      await logic.release(context, key);
      return done;
    },
    async take({ key, lines }, context) {
      await logic.take(context, key, lines);
      return done;
    },
  };
}
