import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../model/index.ts';
import { textLike } from './pattern.ts';

describe('a text like a pattern', () => {
  it.each([
    /^p-\d{1,6}$/,
    /^[A-Za-z0-9_-]{1,64}$/,
    /^[a-z][a-z0-9-]{0,39}$/,
    /^\w+@\w+\.[a-z]{2,3}$/,
    /^\d*x?\d{3}$/,
    /^a{2,}$/,
  ])('is one that %s lets through', (pattern) => {
    const random = createRandom(1);
    for (let count = 0; count < 200; count++) expect(textLike(pattern.source, random)).toMatch(pattern);
  });

  it('is some text, whatever the pattern is, and the same for the same seed', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer(), (pattern, seed) => {
        const text = textLike(pattern, createRandom(seed));
        expect(typeof text).toBe('string');
        expect(textLike(pattern, createRandom(seed))).toBe(text);
      }),
    );
  });
});
