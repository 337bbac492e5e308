import type { Handlers } from '../../kit/index.ts';
import type { catalogContract } from './contract.ts';
import type { createLogic } from './logic.ts';

export function createHandlers(logic: ReturnType<typeof createLogic>): Handlers<typeof catalogContract> {
  return {
    search: ({ query, limit }, context) => logic.search(context, query, limit),
    featured: async ({ limit }, context) => ({ products: await logic.featured(context, limit) }),
    product: ({ id }, context) => logic.product(context, id),
    products: async ({ ids }, context) => ({ products: await logic.products(context, ids) }),
  };
}
