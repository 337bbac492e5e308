import type { CallContext, Database } from '../../kit/index.ts';

export const migrations = [
  `CREATE TABLE payments_ledger (key TEXT PRIMARY KEY, order_key TEXT NOT NULL, amount_cents INTEGER NOT NULL, status TEXT NOT NULL);
   CREATE INDEX payments_ledger_order ON payments_ledger (order_key)`,
];

export type PaymentStatus = 'authorising' | 'authorised' | 'captured' | 'voided' | 'declined';
export interface Payment {
  readonly key: string;
  readonly orderKey: string;
  readonly amountCents: number;
  readonly status: PaymentStatus;
}

const columns = 'key, order_key AS "orderKey", amount_cents AS "amountCents", status';

export function createStore(database: Database) {
  return {
    transaction: <T>(context: CallContext, work: (context: CallContext) => Promise<T>): Promise<T> =>
      database.transaction(context, work),
    find: (context: CallContext, key: string) =>
      database.get<Payment>(context, `SELECT ${columns} FROM payments_ledger WHERE key = ?`, key),
    /** False when there is one of that key already. */
    async insert(context: CallContext, { key, orderKey, amountCents, status }: Payment): Promise<boolean> {
      const sql =
        'INSERT INTO payments_ledger (key, order_key, amount_cents, status) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING';
      return (await database.run(context, sql, key, orderKey, amountCents, status)) === 1;
    },
    /** False when the payment is not in `from` any more. */
    async move(context: CallContext, key: string, from: PaymentStatus, to: PaymentStatus): Promise<boolean> {
      return (
        (await database.run(
          context,
          'UPDATE payments_ledger SET status = ? WHERE key = ? AND status = ?',
          to,
          key,
          from,
        )) === 1
      );
    },
    all: (context: CallContext) =>
      database.all<Payment>(context, `SELECT ${columns} FROM payments_ledger ORDER BY order_key, key`),
  };
}
export type PaymentsStore = ReturnType<typeof createStore>;
