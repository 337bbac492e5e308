import type { CallContext, Database } from '../../kit/index.ts';
import type { Line } from '../shared/values.ts';

export const migrations = [
  'CREATE TABLE cart_lines (cart_id TEXT NOT NULL, product_id TEXT NOT NULL, quantity INTEGER NOT NULL, PRIMARY KEY (cart_id, product_id))',
];

export interface CartStore {
  lines(context: CallContext, cartId: string): Promise<Line[]>;
  /** Adds to what is there; at most `max` of one product. */
  add(context: CallContext, cartId: string, line: Line, max: number): Promise<void>;
  remove(context: CallContext, cartId: string, productId: string): Promise<void>;
  clear(context: CallContext, cartId: string): Promise<void>;
}

export function createStore(database: Database): CartStore {
  return {
    lines: (context, cartId) =>
      database.all<Line>(
        context,
        'SELECT product_id AS "productId", quantity FROM cart_lines WHERE cart_id = ? ORDER BY product_id',
        cartId,
      ),
    async add(context, cartId, { productId, quantity }, max) {
      await database.run(
        context,
        `INSERT INTO cart_lines (cart_id, product_id, quantity) VALUES (?, ?, ?)
         ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = CASE WHEN cart_lines.quantity + excluded.quantity > ? THEN ? ELSE cart_lines.quantity + excluded.quantity END`,
        cartId,
        productId,
        quantity,
        max,
        max,
      );
    },
    async remove(context, cartId, productId) {
      await database.run(context, 'DELETE FROM cart_lines WHERE cart_id = ? AND product_id = ?', cartId, productId);
    },
    async clear(context, cartId) {
      await database.run(context, 'DELETE FROM cart_lines WHERE cart_id = ?', cartId);
    },
  };
}
