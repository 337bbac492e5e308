import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Fifo } from './fifo.ts';

test('it behaves as an array with push and shift', () => {
  const steps = fc.array(fc.tuple(fc.constantFrom('push', 'shift'), fc.integer({ min: 1, max: 900 })));
  fc.assert(
    fc.property(steps, (moves) => {
      const fifo = new Fifo<number>();
      const model: number[] = [];
      let next = 1;
      for (const move of moves) {
        const [kind, times] = move;
        for (let count = 0; count < times; count++) {
          if (kind === 'shift') expect(fifo.shift()).toBe(model.shift());
          else {
            fifo.push(next);
            model.push(next++);
          }
        }
        expect(fifo.length).toBe(model.length);
        expect(fifo.peek()).toBe(model[0]);
      }
    }),
    { numRuns: 60 },
  );
});
