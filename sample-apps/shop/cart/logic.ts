import { CallError, type CallContext, type Client } from '../../kit/index.ts';
import type { catalogContract } from '../catalog/contract.ts';
import type { Line } from '../shared/values.ts';
import type { Cart } from './contract.ts';
import type { CartStore, Claim } from './store.ts';

/** Claimed units count, so that a claim can always be given back. */
const maxQuantity = 99;
/** What catalog and inventory take at once, so that a cart that can be filled can be seen and bought. */
const maxProducts = 100;

export function createLogic(store: CartStore, catalog: Client<typeof catalogContract>) {
  async function priced(context: CallContext, cartId: string, lines: readonly Line[]): Promise<Cart> {
    if (lines.length === 0) return { cartId, lines: [], totalCents: 0 };
    const { products } = await catalog.products({ ids: lines.map(({ productId }) => productId) }, context);
    const byId = new Map(products.map((product) => [product.id, product]));
    const known = lines.flatMap(({ productId, quantity }) => {
      const product = byId.get(productId);
      return product === undefined ? [] : [{ productId, name: product.name, unitCents: product.priceCents, quantity }];
    });
    return {
      cartId,
      lines: known,
      totalCents: known.reduce((sum, line) => sum + line.unitCents * line.quantity, 0),
    };
  }

  return {
    get: async (context: CallContext, cartId: string): Promise<Cart> =>
      priced(context, cartId, await store.lines(context, cartId)),

    async add(context: CallContext, cartId: string, line: Line): Promise<void> {
      await catalog.product({ id: line.productId }, context);
      if (!(await store.add(context, cartId, line, { quantity: maxQuantity, products: maxProducts })))
        throw new CallError(
          'conflict',
          `the cart is full: it holds at most ${maxProducts} different products and ${maxQuantity} of each`,
        );
    },

    remove: (context: CallContext, cartId: string, productId: string): Promise<void> =>
      store.remove(context, cartId, productId),

    async claim(context: CallContext, claim: Claim): Promise<Cart> {
      const lines = await store.transaction(context, async (inside) => {
        const status = await store.status(inside, claim.key);
        if (status === 'released') throw new CallError('conflict', 'the claim was given up');
        if (status === undefined) {
          if ((await store.take(inside, claim)) === 0)
            throw new CallError(
              'conflict',
              (await store.lines(inside, claim.cartId)).length === 0
                ? 'the cart is empty'
                : 'what is in the cart is being bought already',
            );
          await store.setStatus(inside, claim.key, 'held');
        }
        return store.claimed(inside, claim);
      });
      return priced(context, claim.cartId, lines);
    },

    async takeOut(context: CallContext, claim: Claim): Promise<void> {
      await store.transaction(context, async (inside) => {
        await store.drop(inside, claim);
        await store.setStatus(inside, claim.key, 'taken');
      });
    },

    async release(context: CallContext, claim: Claim): Promise<void> {
      await store.transaction(context, async (inside) => {
        await store.giveBack(inside, claim);
        await store.drop(inside, claim);
        // Left behind also when there was no claim: a late one of this key must find that it came too late.
        await store.setStatus(inside, claim.key, 'released');
      });
    },
  };
}
