import type { Handlers } from '../../kit/index.ts';
import { done } from '../shared/values.ts';
import type { cartContract } from './contract.ts';
import type { createLogic } from './logic.ts';

export function createHandlers(logic: ReturnType<typeof createLogic>): Handlers<typeof cartContract> {
  return {
    get: ({ cartId }, context) => logic.get(context, cartId),
    async add({ cartId, productId, quantity }, context) {
      await logic.add(context, cartId, { productId, quantity });
      return { cartId, productId, quantity };
    },
    async remove({ cartId, productId }, context) {
      await logic.remove(context, cartId, productId);
      return done;
    },
    claim: (claim, context) => logic.claim(context, claim),
    async takeOut(claim, context) {
      await logic.takeOut(context, claim);
      return done;
    },
    async release(claim, context) {
      await logic.release(context, claim);
      return done;
    },
  };
}
