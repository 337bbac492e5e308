import type { Round } from '../../model/index.ts';
import { observed, type Measure } from '../measure.ts';

const wrongOrders = ({ consistency: books }: Round): number | null =>
  books === null ? null : books.lost.length + books.duplicated.length + books.phantom.length + books.stuck.length;

/** What went wrong in the books. */
export function consistencyMeasures(): Measure[] {
  return [
    {
      metric: 'orders-wrong',
      scope: {},
      read: (round) => observed(wrongOrders(round)),
      counts: (round) => {
        const wrong = wrongOrders(round);
        const attempted = round.consistency?.attempted ?? 0;
        return wrong === null ? null : { successes: Math.min(wrong, attempted), trials: attempted };
      },
    },
    {
      metric: 'invariants-broken',
      scope: {},
      read: ({ consistency: books }) =>
        books === null ? null : observed(books.conserved.filter((one) => !one.holds).length),
    },
  ];
}
