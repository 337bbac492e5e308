import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyCounts } from '../model/index.ts';
import { assertBalanced, type LoadBooks } from './books.ts';
import type { Outcome } from './exchange.ts';
import { countOutcome } from './recorder.ts';

const outcomes: Outcome[] = ['good', 'late', 'dropped', 'status', 'shape', 'timeout', 'refused', 'reset', 'other'];
const booksOf = (ends: readonly Outcome[], skipped: number): LoadBooks => {
  const counts = emptyCounts();
  for (const outcome of ends) countOutcome(counts, outcome);
  return { steps: ends.length + skipped, requests: ends.length, skipped, endpoints: [counts], inSlices: ends.length };
};
const anyBooks = fc
  .tuple(fc.array(fc.constantFrom(...outcomes)), fc.nat(50))
  .map(([ends, skipped]) => booksOf(ends, skipped));

test('every request that ended once, however, balances', () => {
  fc.assert(fc.property(anyBooks, (books) => assertBalanced(books)));
});

test('one request, step or slice entry too many or too few does not', () => {
  const spoilt: ((books: LoadBooks, by: number) => void)[] = [
    (books, by) => (books.steps += by),
    (books, by) => (books.requests += by),
    (books, by) => (books.skipped += by),
    (books, by) => (books.inSlices += by),
    ({ endpoints }, by) => (endpoints[0]!.scheduled += by),
    ({ endpoints }, by) => (endpoints[0]!.good += by),
    ({ endpoints }, by) => (endpoints[0]!.errors.shape += by),
  ];
  fc.assert(
    fc.property(anyBooks, fc.constantFrom(...spoilt), fc.constantFrom(1, -1), (books, spoil, by) => {
      spoil(books, by);
      expect(() => assertBalanced(books)).toThrow('lost count');
    }),
  );
});
