import type { CallContext, Database } from '../../kit/index.ts';
import type { Product } from './contract.ts';

export const migrations = [
  `CREATE TABLE catalog_products (
     id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, category TEXT NOT NULL, description TEXT NOT NULL, price_cents INTEGER NOT NULL);
   CREATE UNIQUE INDEX catalog_products_position ON catalog_products (position);
   CREATE TABLE catalog_terms (term TEXT NOT NULL, product_id TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (term, product_id))`,
];

const columns =
  'p.id AS id, p.name AS name, p.category AS category, p.description AS description, p.price_cents AS "priceCents"';

export interface CatalogStore {
  byId(context: CallContext, id: string): Promise<Product | undefined>;
  byIds(context: CallContext, ids: readonly string[]): Promise<Product[]>;
  from(context: CallContext, position: number, limit: number): Promise<Product[]>;
  count(context: CallContext): Promise<number>;
  /** Products with a term that begins with each of `words`, in seeded order, and how many there are. */
  matching(
    context: CallContext,
    words: readonly string[],
    limit: number,
  ): Promise<{ products: Product[]; total: number }>;
}

export function createStore(database: Database): CatalogStore {
  return {
    byId: (context, id) =>
      database.get<Product>(context, `SELECT ${columns} FROM catalog_products p WHERE p.id = ?`, id),
    async byIds(context, ids) {
      if (ids.length === 0) return [];
      const marks = ids.map(() => '?').join(', ');
      return database.all<Product>(
        context,
        `SELECT ${columns} FROM catalog_products p WHERE p.id IN (${marks})`,
        ...ids,
      );
    },
    from: (context, position, limit) =>
      database.all<Product>(
        context,
        `SELECT ${columns} FROM catalog_products p WHERE p.position >= ? ORDER BY p.position LIMIT ?`,
        position,
        limit,
      ),
    async count(context) {
      const row = await database.get<{ count: number }>(context, 'SELECT COUNT(*) AS count FROM catalog_products');
      return row?.count ?? 0;
    },
    async matching(context, words, limit) {
      const one = 'SELECT product_id FROM catalog_terms WHERE term >= ? AND term < ?';
      const where = words.map(() => `p.id IN (${one})`).join(' AND ');
      const values = words.flatMap((word) => [word, `${word}\u{10ffff}`]);
      const products = await database.all<Product>(
        context,
        `SELECT ${columns} FROM catalog_products p WHERE ${where} ORDER BY p.position LIMIT ?`,
        ...values,
        limit,
      );
      const row = await database.get<{ count: number }>(
        context,
        `SELECT COUNT(*) AS count FROM catalog_products p WHERE ${where}`,
        ...values,
      );
      return { products, total: row?.count ?? 0 };
    },
  };
}
