import type { CallContext, Database } from '../../kit/index.ts';
import type { Message } from './contract.ts';

export const migrations = [
  'CREATE TABLE notifications_sent (message_id TEXT PRIMARY KEY, order_key TEXT NOT NULL, recipient TEXT NOT NULL, sent_ms BIGINT NOT NULL)',
];

export function createStore(database: Database) {
  return {
    transaction: <T>(context: CallContext, work: (context: CallContext) => Promise<T>): Promise<T> =>
      database.transaction(context, work),
    /** False when it was sent before. */
    async markSent(context: CallContext, { id, orderKey, to }: Message, sentMs: number): Promise<boolean> {
      const sql =
        'INSERT INTO notifications_sent (message_id, order_key, recipient, sent_ms) VALUES (?, ?, ?, ?) ON CONFLICT (message_id) DO NOTHING';
      return (await database.run(context, sql, id, orderKey, to, sentMs)) === 1;
    },
    async orderKeys(context: CallContext): Promise<string[]> {
      const rows = await database.all<{ key: string }>(
        context,
        'SELECT order_key AS key FROM notifications_sent ORDER BY sent_ms, order_key',
      );
      return rows.map(({ key }) => key);
    },
  };
}
export type NotificationsStore = ReturnType<typeof createStore>;
