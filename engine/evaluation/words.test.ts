import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inWords, valueInWords } from './words.ts';

test('only nothing is 0 in words, and only all of it a share of 1', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.double({ noNaN: true, min: -1, max: 1 }), fc.double({ noNaN: true, min: -1e-6, max: 1e-6 })),
      (value) => {
        expect(inWords(value) === '0').toBe(value === 0);
        expect(valueInWords(1 - Math.abs(value), 'share') === '100 %').toBe(1 - Math.abs(value) === 1);
      },
    ),
  );
});
