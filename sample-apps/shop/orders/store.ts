import type { CallContext, Database } from '../../kit/index.ts';
import type { CheckOut, Order } from './contract.ts';

export const migrations = [
  `CREATE TABLE orders_orders (
     id TEXT PRIMARY KEY, order_key TEXT NOT NULL, idempotency_key TEXT NOT NULL UNIQUE, status TEXT NOT NULL, attempt INTEGER NOT NULL,
     settled INTEGER NOT NULL, total_cents INTEGER NOT NULL, lines TEXT NOT NULL, request TEXT NOT NULL, reason TEXT NOT NULL, created_ms BIGINT NOT NULL,
     owner TEXT NOT NULL, lease_until_ms BIGINT NOT NULL);
   CREATE INDEX orders_orders_key ON orders_orders (order_key);
   CREATE INDEX orders_orders_open ON orders_orders (settled, created_ms);
   CREATE TABLE orders_outbox (
     id TEXT PRIMARY KEY, order_key TEXT NOT NULL, recipient TEXT NOT NULL, created_ms BIGINT NOT NULL, owner TEXT NOT NULL, lease_until_ms BIGINT NOT NULL);
   CREATE INDEX orders_outbox_created ON orders_outbox (created_ms)`,
];

/** `cancelling`: decided against, but what other modules hold for it is not given back yet. */
export type StoredStatus = 'pending' | 'confirmed' | 'cancelling' | 'cancelled' | 'rejected';

export interface StoredOrder {
  readonly id: string;
  readonly idempotencyKey: string;
  readonly status: StoredStatus;
  /** Counts how often this check-out was begun; each attempt has its own keys in the other modules. */
  readonly attempt: number;
  /** Nothing left to do for it, in any module. */
  readonly settled: boolean;
  /** Why it was rejected; empty when it failed for a reason that may pass. */
  readonly reason: string;
  readonly request: CheckOut;
  readonly totalCents: number;
  /** Empty until it has claimed what it buys. */
  readonly lines: Order['lines'];
  /** When it was written down, ms since the epoch; 0 before that. */
  readonly createdMs: number;
}

export interface OutboxMessage {
  readonly id: string;
  readonly orderKey: string;
  readonly to: string;
}

type OrderRow = Omit<StoredOrder, 'settled' | 'request' | 'lines'> & {
  settled: number;
  request: string;
  lines: string;
};
const columns = `id, idempotency_key AS "idempotencyKey", status, attempt, settled, total_cents AS "totalCents", lines, request, reason, created_ms AS "createdMs"`;

function toOrder(row: OrderRow): StoredOrder {
  return {
    ...row,
    settled: row.settled === 1,
    request: JSON.parse(row.request) as CheckOut,
    lines: JSON.parse(row.lines) as Order['lines'],
  };
}

/** How long what an instance has begun is left to it, ms. The same instance takes it up again at once after a crash; another one waits for the end of the lease, unless it was given back. */
export interface Leases {
  /** Longer than a check-out may take. */
  readonly orderMs: number;
  /** Long against the time that handing over takes. */
  readonly messageMs: number;
}

/** The orders as one instance of the unit sees them. */
export function createStore(database: Database, instance: string, leases: Leases) {
  const lease = (ms: number): [string, number] => [instance, Date.now() + ms];
  const mayBeTaken = '(owner = ? OR lease_until_ms <= ?)';
  const one = async (context: CallContext, where: string, value: string): Promise<StoredOrder | undefined> => {
    const row = await database.get<OrderRow>(context, `SELECT ${columns} FROM orders_orders WHERE ${where}`, value);
    return row === undefined ? undefined : toOrder(row);
  };
  const many = async (
    context: CallContext,
    where: string,
    ...values: readonly (string | number)[]
  ): Promise<StoredOrder[]> =>
    (await database.all<OrderRow>(context, `SELECT ${columns} FROM orders_orders ${where}`, ...values)).map(toOrder);

  return {
    transaction: <T>(context: CallContext, work: (context: CallContext) => Promise<T>): Promise<T> =>
      database.transaction(context, work),
    byIdempotencyKey: (context: CallContext, key: string) => one(context, 'idempotency_key = ?', key),
    /** The confirmed order of that key when there is one, else the latest; one that does not say what it buys is none yet. */
    byOrderKey: (context: CallContext, key: string) =>
      one(
        context,
        `order_key = ? AND lines <> '[]' ORDER BY CASE status WHEN 'confirmed' THEN 0 ELSE 1 END, created_ms DESC LIMIT 1`,
        key,
      ),
    /** Every order that says what it buys. */
    all: (context: CallContext) => many(context, "WHERE lines <> '[]' ORDER BY order_key, id"),
    /** The oldest orders that are not settled and not left to another instance, of those behind `after` in age. */
    unsettled: (context: CallContext, limit: number, after?: StoredOrder) =>
      many(
        context,
        `WHERE settled = 0 AND ${mayBeTaken} AND (created_ms > ? OR (created_ms = ? AND id > ?)) ORDER BY created_ms, id LIMIT ?`,
        instance,
        Date.now(),
        after?.createdMs ?? -1,
        after?.createdMs ?? -1,
        after?.id ?? '',
        limit,
      ),

    /** Whether it is left to another instance. */
    async isElsewhere(context: CallContext, { id }: StoredOrder): Promise<boolean> {
      const sql = `SELECT id FROM orders_orders WHERE id = ? AND settled = 0 AND NOT ${mayBeTaken}`;
      return (await database.get(context, sql, id, instance, Date.now())) !== undefined;
    },
    /** Takes an unsettled order on, for a while; false when another instance was faster. */
    async take(context: CallContext, { id }: StoredOrder): Promise<boolean> {
      const sql = `UPDATE orders_orders SET owner = ?, lease_until_ms = ? WHERE id = ? AND settled = 0 AND ${mayBeTaken}`;
      return (await database.run(context, sql, ...lease(leases.orderMs), id, instance, Date.now())) === 1;
    },
    /** Leaves what is not settled to whoever looks next, but for the check-outs that go on here, by their keys. */
    async giveBack(context: CallContext, underway: readonly string[]): Promise<void> {
      const others = underway.map(() => 'AND idempotency_key <> ?').join(' ');
      const sql = `UPDATE orders_orders SET owner = '', lease_until_ms = 0 WHERE settled = 0 AND owner = ? ${others}`;
      await database.run(context, sql, instance, ...underway);
    },

    async insert(context: CallContext, order: StoredOrder): Promise<void> {
      await database.run(
        context,
        `INSERT INTO orders_orders (id, order_key, idempotency_key, status, attempt, settled, total_cents, lines, request, reason, created_ms, owner, lease_until_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        order.id,
        order.request.orderKey,
        order.idempotencyKey,
        order.status,
        order.attempt,
        order.settled ? 1 : 0,
        order.totalCents,
        JSON.stringify(order.lines),
        JSON.stringify(order.request),
        order.reason,
        Date.now(),
        ...lease(leases.orderMs),
      );
    },

    /** Moves an order on, if it is still in `from` in that attempt; false when it is not. */
    async move(
      context: CallContext,
      order: StoredOrder,
      from: StoredStatus,
      to: StoredStatus,
      change: { settled: boolean; reason?: string },
    ): Promise<boolean> {
      const sql =
        'UPDATE orders_orders SET status = ?, settled = ?, reason = ? WHERE id = ? AND status = ? AND attempt = ?';
      const changed = await database.run(
        context,
        sql,
        to,
        change.settled ? 1 : 0,
        change.reason ?? order.reason,
        order.id,
        from,
        order.attempt,
      );
      return changed === 1;
    },

    /** Writes down what a pending order buys; false when it was cancelled meanwhile. */
    async describe(context: CallContext, { id, attempt, totalCents, lines }: StoredOrder): Promise<boolean> {
      const sql = `UPDATE orders_orders SET total_cents = ?, lines = ? WHERE id = ? AND status = 'pending' AND attempt = ?`;
      return (await database.run(context, sql, totalCents, JSON.stringify(lines), id, attempt)) === 1;
    },

    /** Begins a cancelled order anew; it keeps saying what it was to buy until it knows what it buys now. */
    async reopen(context: CallContext, { id, attempt }: StoredOrder): Promise<void> {
      const sql = `UPDATE orders_orders SET status = 'pending', settled = 0, reason = '', attempt = ?, owner = ?, lease_until_ms = ? WHERE id = ?`;
      await database.run(context, sql, attempt, ...lease(leases.orderMs), id);
    },

    async addToOutbox(context: CallContext, { id, orderKey, to }: OutboxMessage): Promise<void> {
      await database.run(
        context,
        'INSERT INTO orders_outbox (id, order_key, recipient, created_ms, owner, lease_until_ms) VALUES (?, ?, ?, ?, ?, ?)',
        id,
        orderKey,
        to,
        Date.now(),
        ...lease(leases.messageMs),
      );
    },
    /** The oldest messages that are not left to another instance. */
    outbox: (context: CallContext, limit: number) =>
      database.all<OutboxMessage>(
        context,
        `SELECT id, order_key AS "orderKey", recipient AS "to" FROM orders_outbox WHERE ${mayBeTaken} ORDER BY created_ms LIMIT ?`,
        instance,
        Date.now(),
        limit,
      ),
    /** Leaves the messages that are not sent to whoever looks next. */
    async giveBackOutbox(context: CallContext): Promise<void> {
      const sql = `UPDATE orders_outbox SET owner = '', lease_until_ms = 0 WHERE owner = ?`;
      await database.run(context, sql, instance);
    },
    async removeFromOutbox(context: CallContext, ids: readonly string[]): Promise<void> {
      await database.run(context, `DELETE FROM orders_outbox WHERE id IN (${ids.map(() => '?').join(', ')})`, ...ids);
    },
    async counts(context: CallContext): Promise<{ unsettled: number; outbox: number }> {
      const sql =
        'SELECT (SELECT COUNT(*) FROM orders_orders WHERE settled = 0) AS unsettled, (SELECT COUNT(*) FROM orders_outbox) AS outbox';
      return (await database.get<{ unsettled: number; outbox: number }>(context, sql)) ?? { unsettled: 0, outbox: 0 };
    },
  };
}
export type OrdersStore = ReturnType<typeof createStore>;
