import type { ConsistencyMeasurement, LedgerEntry } from '../../model/index.ts';
import type { Books } from './books.ts';

/** An order the customer may rely on. */
const confirmed = 'confirmed';
/** States in which nothing more will happen. */
const terminal = new Set([confirmed, 'cancelled', 'rejected', 'failed']);

type Conserved = ConsistencyMeasurement['conserved'][number];

/**
 * Compares what clients were told with what the modules' books say. Orders are counted by their key, never as rows, since
 * duplicates can keep sums of rows constant. An indeterminate attempt may be present or absent; either is right.
 */
export function checkBooks(ledger: readonly LedgerEntry[], books: Books): Omit<ConsistencyMeasurement, 'quiescedMs'> {
  const told = new Map<string, LedgerEntry['outcome']>();
  for (const entry of ledger) told.set(entry.key, strongest(told.get(entry.key), entry.outcome));
  const orderCounts = new Map<string, number>();
  for (const order of books.orders)
    if (order.status === confirmed) orderCounts.set(order.key, (orderCounts.get(order.key) ?? 0) + 1);
  const captured = (books.captures ?? []).filter((capture) => capture.status === 'captured');
  const captureCounts = new Map<string, number>();
  for (const capture of captured) captureCounts.set(capture.orderKey, (captureCounts.get(capture.orderKey) ?? 0) + 1);
  const keysWith = (outcome: LedgerEntry['outcome']) =>
    [...told].filter(([, found]) => found === outcome).map(([key]) => key);
  const twice = (counts: ReadonlyMap<string, number>) =>
    [...counts].filter(([, times]) => times > 1).map(([key]) => key);

  return {
    attempted: told.size,
    acknowledged: keysWith('acknowledged').length,
    rejected: keysWith('rejected').length,
    indeterminate: keysWith('indeterminate').length,
    lost: keysWith('acknowledged').filter((key) => !orderCounts.has(key)),
    duplicated: [...new Set([...twice(orderCounts), ...twice(captureCounts)])],
    phantom: keysWith('rejected').filter((key) => orderCounts.has(key)),
    recovered: keysWith('indeterminate').filter((key) => orderCounts.has(key)).length,
    stuck: books.orders.filter((order) => !terminal.has(order.status)).map((order) => order.key),
    conserved: [...moneyConserved(books, captured), ...stockConserved(books), ...delivered(books, orderCounts)],
  };
}

/** An attempt that was repeated under its key counts by the strongest answer: acknowledged, then indeterminate, then rejected. */
function strongest(known: LedgerEntry['outcome'] | undefined, next: LedgerEntry['outcome']): LedgerEntry['outcome'] {
  const rank = { rejected: 0, indeterminate: 1, acknowledged: 2 } as const;
  return known === undefined || rank[next] > rank[known] ? next : known;
}

function moneyConserved(books: Books, captured: NonNullable<Books['captures']>): Conserved[] {
  if (books.captures === null) return [];
  const expected = sum(books.orders.filter((order) => order.status === confirmed).map((order) => order.total));
  const found = sum(captured.map((capture) => capture.amount));
  return [
    {
      invariant: 'money-conserved',
      holds: Math.abs(expected - found) < 0.5,
      expected,
      found,
      text: 'captured payments equal the totals of confirmed orders',
    },
  ];
}

function stockConserved(books: Books): Conserved[] {
  if (books.stock === null) return [];
  const { initial, available, reserved, sold, negative } = books.stock;
  return [
    {
      invariant: 'stock-conserved',
      holds: available + reserved + sold === initial,
      expected: initial,
      found: available + reserved + sold,
      text: 'available, reserved and sold pieces add up to the initial stock',
    },
    {
      invariant: 'stock-released',
      holds: reserved === 0,
      expected: 0,
      found: reserved,
      text: 'no piece stays reserved once every order has ended',
    },
    {
      invariant: 'no-negative-stock',
      holds: negative === 0,
      expected: 0,
      found: negative,
      text: 'no product has less than nothing in stock',
    },
  ];
}

function delivered(books: Books, orderCounts: ReadonlyMap<string, number>): Conserved[] {
  if (books.sent === null) return [];
  const told = new Set(books.sent);
  const missing = [...orderCounts.keys()].filter((key) => !told.has(key)).length;
  return [
    {
      invariant: 'outbox-delivered',
      holds: missing === 0,
      expected: orderCounts.size,
      found: orderCounts.size - missing,
      text: 'every confirmed order was announced',
    },
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
