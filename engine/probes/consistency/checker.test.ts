import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../model/index.ts';
import type { Books } from './books.ts';
import { checkBooks } from './checker.ts';

/** What can go wrong with one order, and what a right checker must call it. */
const fates = [
  'right',
  'lost',
  'duplicated-order',
  'duplicated-payment',
  'phantom',
  'recovered',
  'absent',
  'stuck',
  'rejected',
] as const;
type Fate = (typeof fates)[number];

function history(orders: readonly Fate[]): { ledger: LedgerEntry[]; books: Books } {
  const ledger: LedgerEntry[] = [];
  const books: Books & { captures: NonNullable<Books['captures']>; sent: string[] } = {
    orders: [],
    captures: [],
    stock: null,
    sent: [],
  };
  for (const [index, fate] of orders.entries()) {
    const key = `order-${index}`;
    const outcome =
      fate === 'phantom' || fate === 'rejected'
        ? 'rejected'
        : fate === 'recovered' || fate === 'absent' || fate === 'stuck'
          ? 'indeterminate'
          : 'acknowledged';
    ledger.push({ key, outcome, atMs: index, status: outcome === 'acknowledged' ? 201 : null });
    const rows = fate === 'lost' || fate === 'absent' || fate === 'rejected' ? 0 : fate === 'duplicated-order' ? 2 : 1;
    const status = fate === 'stuck' ? 'pending' : 'confirmed';
    for (let row = 0; row < rows; row += 1) books.orders.push({ key, id: `${index}-${row}`, status, total: 10 });
    const payments = status === 'pending' ? 0 : fate === 'duplicated-payment' ? 2 : rows;
    for (let row = 0; row < payments; row += 1) books.captures.push({ orderKey: key, amount: 10, status: 'captured' });
    if (rows > 0 && status === 'confirmed') books.sent.push(key);
  }
  return { ledger, books };
}

describe('checkBooks', () => {
  it('names exactly the orders that went wrong, in any history', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...fates), { maxLength: 60 }), (orders) => {
        const { ledger, books } = history(orders);
        const found = checkBooks(ledger, books);
        const keys = (...wanted: Fate[]) =>
          orders.flatMap((fate, index) => (wanted.includes(fate) ? [`order-${index}`] : []));
        expect(found.lost).toEqual(keys('lost'));
        expect(found.duplicated.toSorted()).toEqual(keys('duplicated-order', 'duplicated-payment').toSorted());
        expect(found.phantom).toEqual(keys('phantom'));
        expect(found.stuck).toEqual(keys('stuck'));
        expect(found.recovered).toBe(keys('recovered').length);
        expect(found.attempted).toBe(orders.length);
        const money = found.conserved.find((entry) => entry.invariant === 'money-conserved');
        expect(money?.holds).toBe(keys('duplicated-payment').length === 0);
      }),
    );
  });

  it('does not let a duplicate hide a missing piece of stock', () => {
    const books: Books = {
      orders: [],
      captures: null,
      stock: { initial: 10, available: 7, reserved: 0, sold: 2, negative: 0 },
      sent: null,
    };
    expect(checkBooks([], books).conserved).toContainEqual(
      expect.objectContaining({ invariant: 'stock-conserved', holds: false, found: 9 }),
    );
  });

  it('counts a repeated attempt once, by its strongest answer', () => {
    const ledger: LedgerEntry[] = [
      { key: 'a', outcome: 'indeterminate', atMs: 0, status: null },
      { key: 'a', outcome: 'acknowledged', atMs: 1, status: 201 },
    ];
    const found = checkBooks(ledger, { orders: [], captures: null, stock: null, sent: null });
    expect(found).toMatchObject({ attempted: 1, acknowledged: 1, lost: ['a'] });
  });
});
