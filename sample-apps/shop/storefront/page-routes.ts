import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { CallError, route, writeCookie, type Reply, type Route } from '../../kit/index.ts';
import { customerSchema } from '../orders/contract.ts';
import { cardSchema } from '../payments/contract.ts';
import { clientKeySchema, productIdSchema, quantitySchema } from '../shared/values.ts';
import type { StorefrontLogic } from './logic.ts';
import { cartPage, checkOutPage, orderPage, refusalPage } from './pages/buying.ts';
import { homePage, productPage, searchPage } from './pages/products.ts';

const page = (html: string, status = 200): Reply => ({ kind: 'page', html, status });
const emptyCart = { cartId: 'none', lines: [], totalCents: 0 };
/** What a form sends is text: digits, and nothing else that could be read as a number. */
const formQuantity = z
  .string()
  .regex(/^[1-9]\d?$/, 'must be 1 to 99')
  .transform(Number)
  .pipe(quantitySchema);

/** The cart a visitor has, by cookie; undefined when there is none yet. */
function cartOf(cookie: string | undefined): string | undefined {
  const parsed = clientKeySchema.safeParse(cookie);
  return parsed.success ? parsed.data : undefined;
}

/** The pages that people shop with; they work without scripts. */
export function pageRoutes(logic: StorefrontLogic): Route[] {
  const audience = 'page';
  return [
    route({
      method: 'GET',
      path: '/',
      audience,
      summary: 'Home',
      handle: async (_request, context) => page(homePage(await logic.home(context))),
    }),
    route({
      method: 'GET',
      path: '/search',
      audience,
      summary: 'Search',
      query: z.object({ q: z.string().max(100).default('') }),
      handle: async ({ query }, context) => page(searchPage(await logic.search(context, query.q))),
    }),
    route({
      method: 'GET',
      path: '/products/:id',
      audience,
      summary: 'A product',
      params: z.object({ id: productIdSchema }),
      handle: async ({ params }, context) => page(productPage(await logic.product(context, params.id))),
    }),
    route({
      method: 'GET',
      path: '/cart',
      audience,
      cookie: 'read',
      summary: 'The cart',
      handle: async ({ cookie }, context) => {
        const cartId = cartOf(cookie);
        return page(cartPage(cartId === undefined ? emptyCart : await logic.cart(context, cartId)));
      },
    }),
    route({
      method: 'POST',
      path: '/basket/items',
      audience,
      cookie: 'set',
      success: 303,
      summary: 'Puts a product into the cart',
      body: z.object({ productId: productIdSchema, quantity: formQuantity }),
      handle: async ({ body, cookie }, context) => {
        const cartId = cartOf(cookie) ?? randomUUID();
        await logic.addToCart(context, cartId, body.productId, body.quantity);
        return { kind: 'redirect', location: '/cart', cookie: writeCookie(cartId) };
      },
    }),
    route({
      method: 'POST',
      path: '/basket/remove',
      audience,
      cookie: 'read',
      success: 303,
      summary: 'Takes a product out of the cart',
      body: z.object({ productId: productIdSchema }),
      handle: async ({ body, cookie }, context) => {
        const cartId = cartOf(cookie);
        if (cartId !== undefined) await logic.removeFromCart(context, cartId, body.productId);
        return { kind: 'redirect', location: '/cart' };
      },
    }),
    route({
      method: 'GET',
      path: '/check-out',
      audience,
      cookie: 'read',
      summary: 'The form to buy with',
      handle: async ({ cookie }, context) => {
        const cartId = cartOf(cookie);
        // The key is made here, so that sending the form twice buys once.
        return page(checkOutPage(cartId === undefined ? emptyCart : await logic.cart(context, cartId), randomUUID()));
      },
    }),
    route({
      method: 'POST',
      path: '/check-out',
      audience,
      cookie: 'read',
      success: 303,
      summary: 'Buys what is in the cart',
      body: customerSchema.extend({ orderKey: clientKeySchema, card: cardSchema }),
      handle: async ({ body, cookie }, context) => {
        const { orderKey, card, ...customer } = body;
        try {
          const cartId = cartOf(cookie);
          if (cartId === undefined) throw new CallError('conflict', 'the cart is empty');
          await logic.checkOut(context, { orderKey, cartId, customer, card });
        } catch (error) {
          if (error instanceof CallError && error.refused)
            return page(refusalPage(`Nothing was bought: ${error.message}.`), error.status);
          throw error;
        }
        return { kind: 'redirect', location: `/orders/${orderKey}` };
      },
    }),
    route({
      method: 'GET',
      path: '/orders/:key',
      audience,
      summary: 'An order',
      params: z.object({ key: clientKeySchema }),
      handle: async ({ params }, context) => page(orderPage(await logic.order(context, params.key))),
    }),
  ];
}
