import { CallError, type CallContext, type Client } from '../../kit/index.ts';
import type { catalogContract } from '../catalog/contract.ts';
import type { Line } from '../shared/values.ts';
import type { Cart } from './contract.ts';
import type { CartStore } from './store.ts';

const maxQuantity = 99;
/** What catalog and inventory take at once, so that a cart that can be filled can be seen and bought. */
const maxProducts = 100;

export function createLogic(store: CartStore, catalog: Client<typeof catalogContract>) {
  return {
    async get(context: CallContext, cartId: string): Promise<Cart> {
      const lines = await store.lines(context, cartId);
      if (lines.length === 0) return { cartId, lines: [], totalCents: 0 };
      const { products } = await catalog.products({ ids: lines.map(({ productId }) => productId) }, context);
      const byId = new Map(products.map((product) => [product.id, product]));
      const priced = lines.flatMap(({ productId, quantity }) => {
        const product = byId.get(productId);
        return product === undefined
          ? []
          : [{ productId, name: product.name, unitCents: product.priceCents, quantity }];
      });
      return {
        cartId,
        lines: priced,
        totalCents: priced.reduce((sum, line) => sum + line.unitCents * line.quantity, 0),
      };
    },
    async add(context: CallContext, cartId: string, line: Line): Promise<void> {
      await catalog.product({ id: line.productId }, context);
      if (!(await store.add(context, cartId, line, { quantity: maxQuantity, products: maxProducts })))
        throw new CallError('conflict', `the cart is full: it holds at most ${maxProducts} different products`);
    },
    remove: (context: CallContext, cartId: string, productId: string): Promise<void> =>
      store.remove(context, cartId, productId),
    takeOut: (context: CallContext, cartId: string, key: string, lines: readonly Line[]): Promise<void> =>
      store.takeOut(context, cartId, key, lines),
  };
}
