import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { glossary, glossaryAsMarkdown, piecesOf, termOf } from './glossary.ts';

describe('the glossary', () => {
  it('has every term once, in the order of the alphabet, with a meaning', () => {
    const terms = glossary.map(({ term }) => term);
    expect(terms).toEqual(terms.toSorted((a, b) => a.localeCompare(b)));
    const spellings = glossary.flatMap(({ term, also = [] }) => [term, ...also]);
    expect(new Set(spellings).size).toBe(spellings.length);
    for (const { meaning } of glossary) expect(meaning).toMatch(/^[A-Z].*\.$/);
    for (const word of ['p95', 'block', 'noise floor', 'pp', 'isolation index', 'metastable'])
      expect(termOf(word)).toBeDefined();
    expect(termOf('nonsense')).toBeUndefined();
  });

  it('is the same in the documents', () => {
    expect(readFileSync(new URL('../../docs/glossary.md', import.meta.url), 'utf8')).toBe(glossaryAsMarkdown());
  });

  it('finds terms in a text, each once, and loses nothing of it', () => {
    expect(
      piecesOf('The p95 and the noise floor; p95 again.').map(({ text, term }) => [text, term?.term ?? null]),
    ).toEqual([
      ['The ', null],
      ['p95', 'p95'],
      [' and the ', null],
      ['noise floor', 'noise floor'],
      ['; p95 again.', null],
    ]);
    expect(piecesOf('Blocked roundabouts').every(({ term }) => term === null)).toBe(true);
    expect(piecesOf('block and round', ['round']).filter(({ term }) => term !== null)).toHaveLength(1);
    fc.assert(
      fc.property(fc.array(fc.constantFrom('p95', ' ', 'block', 'x', 'noise floor', '.', 'unit')), (parts) => {
        const text = parts.join('');
        expect(
          piecesOf(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
