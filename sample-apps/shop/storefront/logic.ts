import { CallError, withKey, type CallContext, type Client, type Degrade, type Settings } from '../../kit/index.ts';
import type { Cart, cartContract } from '../cart/contract.ts';
import type { Product, catalogContract } from '../catalog/contract.ts';
import type { inventoryContract } from '../inventory/contract.ts';
import type { CheckOut, Order, ordersContract } from '../orders/contract.ts';
import type { recommendationsContract } from '../recommendations/contract.ts';
import { impatient } from '../shared/impatient.ts';
import type { Home, ProductPage } from './contract.ts';

export interface Shopfront {
  readonly catalog: Client<typeof catalogContract>;
  readonly recommendations: Client<typeof recommendationsContract>;
  readonly cart: Client<typeof cartContract>;
  readonly inventory: Client<typeof inventoryContract>;
  readonly orders: Client<typeof ordersContract>;
}

const shown = 12;
const recommendedShown = 4;

export function createLogic(modules: Shopfront, settings: Settings, degrade: Degrade) {
  const { catalog, recommendations, cart, inventory, orders } = modules;

  async function recommend(context: CallContext, productIds: readonly string[], limit: number): Promise<Product[]> {
    const { productIds: ids } = await recommendations.recommend({ productIds: [...productIds], limit }, context);
    return (await catalog.products({ ids }, context)).products;
  }

  return {
    async home(context: CallContext): Promise<Home> {
      const { products: featured } = await catalog.featured({ limit: shown }, context);
      const ids = featured.slice(0, 3).map(({ id }) => id);
      const recommended = await degrade(context, (inside) => recommend(inside, ids, recommendedShown), undefined);
      return {
        featured,
        recommended: recommended ?? [],
        degraded: recommended === undefined ? ['recommendations'] : [],
      };
    },

    async search(context: CallContext, query: string): Promise<{ query: string; products: Product[]; total: number }> {
      return { query, ...(await catalog.search({ query, limit: 24 }, context)) };
    },

    async product(context: CallContext, id: string): Promise<ProductPage> {
      const [product, stock, recommended] = await Promise.all([
        catalog.product({ id }, context),
        degrade(context, (inside) => inventory.availability({ productIds: [id] }, inside), undefined),
        degrade(context, (inside) => recommend(inside, [id], recommendedShown), undefined),
      ]);
      const degraded = [
        ...(stock === undefined ? ['inventory'] : []),
        ...(recommended === undefined ? ['recommendations'] : []),
      ];
      return {
        product,
        available: stock === undefined ? null : (stock.available[id] ?? 0),
        recommended: recommended ?? [],
        degraded,
      };
    },

    recommended: async (context: CallContext, productId: string) => ({
      productId,
      products: await recommend(context, [productId], shown),
    }),
    cart: (context: CallContext, cartId: string): Promise<Cart> => cart.get({ cartId }, context),
    addToCart: (context: CallContext, cartId: string, productId: string, quantity: number) =>
      cart.add({ cartId, productId, quantity }, context),
    removeFromCart: (context: CallContext, cartId: string, productId: string) =>
      cart.remove({ cartId, productId }, context),

    /** The order key that the client chose makes a repeated check-out give the first order again. */
    async checkOut(context: CallContext, request: CheckOut): Promise<Order> {
      if (settings.consistency === 'retry-without-key') {
        return impatient(settings.resilience.deadlineMs, () => orders.checkOut(request, withKey(context, undefined)));
      }
      if (context.idempotencyKey !== undefined && context.idempotencyKey !== request.orderKey)
        throw new CallError('bad-input', 'Idempotency-Key: must be the orderKey, which is the key of a check-out');
      return orders.checkOut(request, withKey(context, request.orderKey));
    },
    order: (context: CallContext, orderKey: string): Promise<Order> => orders.order({ orderKey }, context),
  };
}
export type StorefrontLogic = ReturnType<typeof createLogic>;
