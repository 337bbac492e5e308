import fc from 'fast-check';
import { expect, it } from 'vitest';
import { numbered } from './placeholders.ts';

it('numbers what stands for values, and leaves alone what only looks like it', () => {
  expect(numbered('SELECT ? FROM a WHERE b = ? -- why?\n AND c = ?')).toBe(
    'SELECT $1 FROM a WHERE b = $2 -- why?\n AND c = $3',
  );
  expect(numbered(`SELECT 'it''s ?', "a?""?" /* ? /* ? */ ? */, ?`)).toBe(
    `SELECT 'it''s ?', "a?""?" /* ? /* ? */ ? */, $1`,
  );
});

it('ends where the text ends, also within something', () => {
  for (const open of ["'?", '"?', '-- ?', '/* ? /* ? */', '?/* ?'])
    expect(numbered(open)).toBe(open.replace(/^\?/, '$1'));
});

it('is right whatever literals, names, comments and values follow one another', () => {
  const text = fc.string({ maxLength: 12 });
  const piece = fc.oneof(
    fc.constant({ kind: 'value' } as const),
    fc.record({ kind: fc.constant('plain' as const), text: fc.stringMatching(/^[a-z0-9_=(),;<> \n]*$/) }),
    fc.record({
      kind: fc.constantFrom('literal' as const, 'name' as const, 'line' as const, 'comment' as const),
      text,
    }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      let count = 0;
      const parts = pieces.map((one): [given: string, wanted: string] => {
        switch (one.kind) {
          case 'value':
            return [' ? ', ` $${++count} `];
          case 'plain':
            return [one.text, one.text];
          case 'literal': {
            const literal = `'${one.text.replaceAll("'", "''")}'`;
            return [literal, literal];
          }
          case 'name': {
            const name = `"${one.text.replaceAll('"', '""')}"`;
            return [name, name];
          }
          case 'line': {
            const line = ` --${one.text.replaceAll('\n', ' ')}\n`;
            return [line, line];
          }
          case 'comment': {
            const comment = ` /* ${one.text.replaceAll(/[/*]/g, '?')} */ `;
            return [comment, comment];
          }
        }
      });
      expect(numbered(parts.map(([given]) => given).join(''))).toBe(parts.map(([, wanted]) => wanted).join(''));
    }),
    { numRuns: 500 },
  );
});
