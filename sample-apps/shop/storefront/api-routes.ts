import * as z from 'zod';
import { route, type Reply, type Route } from '../../kit/index.ts';
import { cartSchema } from '../cart/contract.ts';
import { checkOutSchema, orderSchema } from '../orders/contract.ts';
import { clientKeySchema, productIdSchema, quantitySchema } from '../shared/values.ts';
import { homeSchema, productPageSchema, recommendedSchema, searchSchema } from './contract.ts';
import type { StorefrontLogic } from './logic.ts';

const json = (body: unknown): Reply => ({ kind: 'json', body });
const productParams = z.object({ id: productIdSchema });
const cartParams = z.object({ id: clientKeySchema });

/** The public API that journeys use. */
export function apiRoutes(logic: StorefrontLogic): Route[] {
  const audience = 'api';
  return [
    route({
      method: 'GET',
      path: '/api/home',
      audience,
      summary: 'Featured and recommended products',
      answer: homeSchema,
      handle: async (_request, context) => json(await logic.home(context)),
    }),
    route({
      method: 'GET',
      path: '/api/search',
      audience,
      summary: 'Products that match every word of q',
      query: z.object({ q: z.string().max(100).default('') }),
      answer: searchSchema,
      handle: async ({ query }, context) => json(await logic.search(context, query.q)),
    }),
    route({
      method: 'GET',
      path: '/api/products/:id',
      audience,
      summary: 'A product with its availability and what goes well with it',
      params: productParams,
      answer: productPageSchema,
      handle: async ({ params }, context) => json(await logic.product(context, params.id)),
    }),
    route({
      method: 'GET',
      path: '/api/products/:id/recommendations',
      audience,
      summary: 'What goes well with a product; there is no substitute for this answer',
      params: productParams,
      answer: recommendedSchema,
      handle: async ({ params }, context) => json(await logic.recommended(context, params.id)),
    }),
    route({
      method: 'GET',
      path: '/api/carts/:id',
      audience,
      summary: 'A cart',
      params: cartParams,
      answer: cartSchema,
      handle: async ({ params }, context) => json(await logic.cart(context, params.id)),
    }),
    route({
      method: 'POST',
      path: '/api/carts/:id/items',
      audience,
      summary: 'Puts a product into a cart',
      params: cartParams,
      body: z.object({ productId: productIdSchema, quantity: quantitySchema.default(1) }),
      answer: z.object({ cartId: clientKeySchema, productId: productIdSchema, quantity: quantitySchema }),
      handle: async ({ params, body }, context) =>
        json(await logic.addToCart(context, params.id, body.productId, body.quantity)),
    }),
    route({
      method: 'POST',
      path: '/api/orders',
      audience,
      summary: 'Buys what is in a cart; orderKey makes a repetition safe',
      body: checkOutSchema,
      answer: orderSchema,
      success: 201,
      handle: async ({ body }, context) => json(await logic.checkOut(context, body)),
    }),
    route({
      method: 'GET',
      path: '/api/orders/:key',
      audience,
      summary: 'An order by the key that the client gave it',
      params: z.object({ key: clientKeySchema }),
      answer: orderSchema,
      handle: async ({ params }, context) => json(await logic.order(context, params.key)),
    }),
  ];
}
