import type { CallContext, Database } from '../../kit/index.ts';
import type { Line } from '../shared/values.ts';

export const migrations = [
  'CREATE TABLE cart_lines (cart_id TEXT NOT NULL, product_id TEXT NOT NULL, quantity INTEGER NOT NULL, PRIMARY KEY (cart_id, product_id))',
  'CREATE TABLE cart_taken_out (key TEXT PRIMARY KEY)',
];

export interface CartStore {
  lines(context: CallContext, cartId: string): Promise<Line[]>;
  /** Adds to what is there, at most so many of one product; false when that would be too many products. */
  add(context: CallContext, cartId: string, line: Line, max: { quantity: number; products: number }): Promise<boolean>;
  remove(context: CallContext, cartId: string, productId: string): Promise<void>;
  /** Lowers the quantities by what is in `lines`, once for each `key`. */
  takeOut(context: CallContext, cartId: string, key: string, lines: readonly Line[]): Promise<void>;
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
      const changed = await database.run(
        context,
        `INSERT INTO cart_lines (cart_id, product_id, quantity)
         SELECT ?, ?, ? WHERE (SELECT COUNT(*) FROM cart_lines WHERE cart_id = ? AND product_id <> ?) < ?
         ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = CASE WHEN cart_lines.quantity + excluded.quantity > ? THEN ? ELSE cart_lines.quantity + excluded.quantity END`,
        cartId,
        productId,
        quantity,
        cartId,
        productId,
        max.products,
        max.quantity,
        max.quantity,
      );
      return changed === 1;
    },
    async remove(context, cartId, productId) {
      await database.run(context, 'DELETE FROM cart_lines WHERE cart_id = ? AND product_id = ?', cartId, productId);
    },
    async takeOut(context, cartId, key, lines) {
      await database.transaction(context, async (inside) => {
        const sql = 'INSERT INTO cart_taken_out (key) VALUES (?) ON CONFLICT (key) DO NOTHING';
        if ((await database.run(inside, sql, key)) === 0) return;
        for (const { productId, quantity } of lines) {
          const where = 'WHERE cart_id = ? AND product_id = ?';
          const left = `UPDATE cart_lines SET quantity = quantity - ? ${where} AND quantity > ?`;
          if ((await database.run(inside, left, quantity, cartId, productId, quantity)) === 0)
            await database.run(inside, `DELETE FROM cart_lines ${where}`, cartId, productId);
        }
      });
    },
  };
}
