import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allPrintable, printable, titleSchema } from './name.ts';

const accepts = (title: string): boolean => titleSchema.safeParse(title).success;

test.each([
  ['C1 controls', 'a\u009b31mb'],
  ['a C1 string terminator', '\u009c'],
  ['C0 controls', 'a\u001b[31m'],
  ['a line break', 'a\nb'],
  ['delete', 'a\u007f'],
  ['the first half of a pair', 'a\ud83d'],
  ['the second half of a pair', '\ude00a'],
  ['a line separator', 'a\u2028b'],
  ['nothing', ''],
  ['blanks', '   '],
  ['other blanks', '\u00a0\u2003\u3000'],
  ['what cannot be seen', '\u200b\u200d\ufeff'],
])('a title of %s is refused', (_what, title) => {
  expect(accepts(title)).toBe(false);
});

test.each(['Café', 'наш опыт', '比較', '\u{1f600} ok', 'a\u0301', 'שלום', '1 %', 'e \u200d x', 'a\u202eb'])(
  '"%s" is a title',
  (title) => {
    expect(accepts(title)).toBe(true);
  },
);

test('what is printable has no control character but layout, is well formed, and stays as it is', () => {
  const units = fc.array(fc.oneof(fc.nat(0xff), fc.nat(0xffff)), { maxLength: 30 });
  fc.assert(
    fc.property(units, (codes) => {
      const text = String.fromCharCode(...codes);
      const shown = printable(text);
      // oxlint-disable-next-line no-control-regex -- that is what is looked for
      expect(shown).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/);
      expect(shown.isWellFormed()).toBe(true);
      expect(printable(shown)).toBe(shown);
      expect(shown).toHaveLength(text.length);
      if (accepts(text)) expect(shown).toBe(text);
      expect(allPrintable({ a: [text, 1, null], b: { c: text } })).toEqual({ a: [shown, 1, null], b: { c: shown } });
    }),
    { numRuns: 1000 },
  );
});
