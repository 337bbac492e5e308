import { expect, it } from 'vitest';
import { ageInWords } from './age.ts';

it.each([
  [null, 'of unknown age'],
  [0, 'less than a minute old'],
  [59_999, 'less than a minute old'],
  [60_000, '1 minute old'],
  [3_599_999, '59 minutes old'],
  [7_200_000, '2 hours old'],
  [86_400_000, '1 day old'],
  [864_000_000, '10 days old'],
  [-5000, 'less than a minute old'],
])('says of %s ms: %s', (agoMs, words) => {
  expect(ageInWords(agoMs === null ? null : 1e12 - agoMs, 1e12)).toBe(words);
});
