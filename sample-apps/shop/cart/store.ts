import type { CallContext, Database } from '../../kit/index.ts';
import type { Line } from '../shared/values.ts';

// Units of one product stand apart by who has claimed them; nobody has those whose claim is empty.
export const migrations = [
  `CREATE TABLE cart_lines (
     cart_id TEXT NOT NULL, product_id TEXT NOT NULL, claim TEXT NOT NULL, quantity INTEGER NOT NULL, PRIMARY KEY (cart_id, product_id, claim))`,
  'CREATE TABLE cart_claims (key TEXT PRIMARY KEY, status TEXT NOT NULL)',
  // Whoever adds to a cart writes its row here: two who add different products at once must not both find room for one more.
  'CREATE TABLE cart_carts (cart_id TEXT PRIMARY KEY, additions BIGINT NOT NULL)',
];

export interface Claim {
  readonly cartId: string;
  readonly key: string;
}
export type ClaimStatus = 'held' | 'released' | 'taken';

export function createStore(database: Database) {
  return {
    transaction: <T>(context: CallContext, work: (context: CallContext) => Promise<T>): Promise<T> =>
      database.transaction(context, work),

    /** Everything in the cart, claimed or not. */
    lines: (context: CallContext, cartId: string): Promise<Line[]> =>
      database.all<Line>(
        context,
        'SELECT product_id AS "productId", SUM(quantity) AS quantity FROM cart_lines WHERE cart_id = ? GROUP BY product_id ORDER BY product_id',
        cartId,
      ),

    /** What a claim holds; with the empty key what nobody has claimed. */
    claimed: (context: CallContext, { cartId, key }: Claim): Promise<Line[]> =>
      database.all<Line>(
        context,
        'SELECT product_id AS "productId", quantity FROM cart_lines WHERE cart_id = ? AND claim = ? ORDER BY product_id',
        cartId,
        key,
      ),

    /** False, and nothing is added, when that would be more of the product or more different products than so many. */
    async add(
      context: CallContext,
      cartId: string,
      { productId, quantity }: Line,
      max: { quantity: number; products: number },
    ): Promise<boolean> {
      const alone =
        'INSERT INTO cart_carts (cart_id, additions) VALUES (?, 1) ON CONFLICT (cart_id) DO UPDATE SET additions = cart_carts.additions + 1';
      const sql = `INSERT INTO cart_lines (cart_id, product_id, claim, quantity)
         SELECT ?, ?, '', ?
         WHERE (SELECT COUNT(DISTINCT product_id) FROM cart_lines WHERE cart_id = ? AND product_id <> ?) < ?
           AND (SELECT COALESCE(SUM(quantity), 0) FROM cart_lines WHERE cart_id = ? AND product_id = ?) + ? <= ?
         ON CONFLICT (cart_id, product_id, claim) DO UPDATE SET quantity = cart_lines.quantity + excluded.quantity`;
      return database.transaction(context, async (inside) => {
        await database.run(inside, alone, cartId);
        const changed = await database.run(
          inside,
          sql,
          ...[cartId, productId, quantity],
          ...[cartId, productId, max.products],
          ...[cartId, productId, quantity, max.quantity],
        );
        return changed === 1;
      });
    },

    async remove(context: CallContext, cartId: string, productId: string): Promise<void> {
      await database.run(context, 'DELETE FROM cart_lines WHERE cart_id = ? AND product_id = ?', cartId, productId);
    },

    async status(context: CallContext, key: string): Promise<ClaimStatus | undefined> {
      const sql = 'SELECT status FROM cart_claims WHERE key = ?';
      return (await database.get<{ status: ClaimStatus }>(context, sql, key))?.status;
    },
    async setStatus(context: CallContext, key: string, status: ClaimStatus): Promise<void> {
      const sql =
        'INSERT INTO cart_claims (key, status) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET status = excluded.status';
      await database.run(context, sql, key, status);
    },

    /** Number of lines claimed. */
    take: (context: CallContext, { cartId, key }: Claim): Promise<number> =>
      database.run(context, "UPDATE cart_lines SET claim = ? WHERE cart_id = ? AND claim = ''", key, cartId),

    async giveBack(context: CallContext, { cartId, key }: Claim): Promise<void> {
      const sql = `INSERT INTO cart_lines (cart_id, product_id, claim, quantity)
        SELECT cart_id, product_id, '', quantity FROM cart_lines WHERE cart_id = ? AND claim = ?
        ON CONFLICT (cart_id, product_id, claim) DO UPDATE SET quantity = cart_lines.quantity + excluded.quantity`;
      await database.run(context, sql, cartId, key);
    },
    async drop(context: CallContext, { cartId, key }: Claim): Promise<void> {
      await database.run(context, 'DELETE FROM cart_lines WHERE cart_id = ? AND claim = ?', cartId, key);
    },
  };
}
export type CartStore = ReturnType<typeof createStore>;
