import { CallError, type CallContext } from '../../kit/index.ts';
import type { Product } from './contract.ts';
import type { CatalogStore } from './store.ts';
import { terms } from './terms.ts';

export function createLogic(store: CatalogStore) {
  return {
    async search(context: CallContext, query: string, limit: number): Promise<{ products: Product[]; total: number }> {
      const words = [...terms(query)];
      if (words.length > 0) return store.matching(context, words, limit);
      // Who asks for signs asks for something, and there is nothing of it.
      if (query.trim() !== '') return { products: [], total: 0 };
      return { products: await store.from(context, 0, limit), total: await store.count(context) };
    },
    featured: (context: CallContext, limit: number): Promise<Product[]> => store.from(context, 0, limit),
    async product(context: CallContext, id: string): Promise<Product> {
      const product = await store.byId(context, id);
      if (product === undefined) throw new CallError('not-found', `there is no product ${id}`);
      return product;
    },
    /** In the order asked for. */
    async products(context: CallContext, ids: readonly string[]): Promise<Product[]> {
      const found = new Map((await store.byIds(context, ids)).map((product) => [product.id, product]));
      return ids.flatMap((id) => found.get(id) ?? []);
    },
  };
}
