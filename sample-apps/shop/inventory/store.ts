import type { CallContext, Database, Seed, SeedWriter } from '../../kit/index.ts';
import { defaultProducts, productId, type Line } from '../shared/values.ts';

export const migrations = [
  `CREATE TABLE inventory_stock (
     product_id TEXT PRIMARY KEY, initial INTEGER NOT NULL, available INTEGER NOT NULL, reserved INTEGER NOT NULL, sold INTEGER NOT NULL);
   CREATE TABLE inventory_holds (key TEXT PRIMARY KEY, status TEXT NOT NULL, lines TEXT NOT NULL)`,
];

const defaultStock = 100_000;

export function seedStock(writer: SeedWriter, seed: Seed): void {
  const stock = seed.sizes['stock'] ?? defaultStock;
  const rows = Array.from({ length: seed.sizes['products'] ?? defaultProducts }, (_, index) => [
    productId(index + 1),
    stock,
    stock,
    0,
    0,
  ]);
  writer.insert('inventory_stock', ['product_id', 'initial', 'available', 'reserved', 'sold'], rows);
}

export type HoldStatus = 'reserved' | 'sold' | 'released';
export interface Hold {
  readonly key: string;
  readonly status: HoldStatus;
  readonly lines: readonly Line[];
}
export interface StockTotals {
  readonly initial: number;
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
}

interface HoldRow {
  key: string;
  status: HoldStatus;
  lines: string;
}
const toHold = (row: HoldRow): Hold => ({ key: row.key, status: row.status, lines: JSON.parse(row.lines) as Line[] });

export function createStore(database: Database) {
  return {
    transaction: <T>(context: CallContext, work: (context: CallContext) => Promise<T>): Promise<T> =>
      database.transaction(context, work),

    async available(context: CallContext, productIds: readonly string[]): Promise<Record<string, number>> {
      if (productIds.length === 0) return {};
      const marks = productIds.map(() => '?').join(', ');
      const sql = `SELECT product_id AS id, available FROM inventory_stock WHERE product_id IN (${marks})`;
      const rows = await database.all<{ id: string; available: number }>(context, sql, ...productIds);
      return Object.fromEntries(rows.map(({ id, available }) => [id, available]));
    },

    /** Moves what is available to `to`; false when there is not enough. */
    async withdraw(context: CallContext, { productId: id, quantity }: Line, to: 'reserved' | 'sold'): Promise<boolean> {
      const sql = `UPDATE inventory_stock SET available = available - ?, ${to} = ${to} + ? WHERE product_id = ? AND available >= ?`;
      return (await database.run(context, sql, quantity, quantity, id, quantity)) === 1;
    },

    /** Moves what is reserved on. */
    async settle(context: CallContext, { productId: id, quantity }: Line, to: 'available' | 'sold'): Promise<void> {
      await database.run(
        context,
        `UPDATE inventory_stock SET reserved = reserved - ?, ${to} = ${to} + ? WHERE product_id = ?`,
        quantity,
        quantity,
        id,
      );
    },

    async hold(context: CallContext, key: string): Promise<Hold | undefined> {
      const row = await database.get<HoldRow>(
        context,
        'SELECT key, status, lines FROM inventory_holds WHERE key = ?',
        key,
      );
      return row === undefined ? undefined : toHold(row);
    },

    async putHold(context: CallContext, { key, status, lines }: Hold): Promise<void> {
      await database.run(
        context,
        'INSERT INTO inventory_holds (key, status, lines) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET status = excluded.status',
        key,
        status,
        JSON.stringify(lines),
      );
    },

    async totals(context: CallContext): Promise<StockTotals> {
      const sql =
        'SELECT SUM(initial) AS initial, SUM(available) AS available, SUM(reserved) AS reserved, SUM(sold) AS sold FROM inventory_stock';
      const row = await database.get<Record<keyof StockTotals, number | null>>(context, sql);
      return {
        initial: row?.initial ?? 0,
        available: row?.available ?? 0,
        reserved: row?.reserved ?? 0,
        sold: row?.sold ?? 0,
      };
    },

    async negative(context: CallContext): Promise<number> {
      const sql = 'SELECT COUNT(*) AS count FROM inventory_stock WHERE available < 0 OR reserved < 0 OR sold < 0';
      return (await database.get<{ count: number }>(context, sql))?.count ?? 0;
    },

    holds: async (context: CallContext): Promise<Hold[]> =>
      (await database.all<HoldRow>(context, 'SELECT key, status, lines FROM inventory_holds ORDER BY key')).map(toHold),
  };
}
export type InventoryStore = ReturnType<typeof createStore>;
