import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allPrintable,
  freeTextSchema,
  isVisible,
  lineSchema,
  printable,
  proseSchema,
  tagSchema,
  titleSchema,
} from './text.ts';

const accepts = (title: string): boolean => titleSchema.safeParse(title).success;
const prose = (text: string): boolean => proseSchema.safeParse(text).success;

/** What acts, one code point or a range of each kind. */
const kinds: readonly [what: string, ...codes: number[]][] = [
  ['C0 controls', 0x00, 0x07, 0x08, 0x0b, 0x0c, 0x1b, 0x1f],
  ['delete', 0x7f],
  ['C1 controls', 0x80, 0x85, 0x9b, 0x9c, 0x9f],
  ['marks of direction', 0x200e, 0x200f, 0x061c],
  ['embeddings and overrides', 0x202a, 0x202b, 0x202c, 0x202d, 0x202e],
  ['isolates', 0x2066, 0x2067, 0x2068, 0x2069],
  ['deprecated format controls', 0x206a, 0x206b, 0x206c, 0x206d, 0x206e, 0x206f],
  ['annotation marks', 0xfff9, 0xfffa, 0xfffb],
  ['noncharacters', 0xfdd0, 0xfdef, 0xfffe, 0xffff, 0x1fffe, 0x1ffff, 0x10fffe, 0x10ffff],
  ['halves of a pair', 0xd83d, 0xdbff, 0xdc00, 0xdfff],
];

describe.each(kinds)('%s', (_what, ...codes) => {
  test.each(codes.map((code) => [code.toString(16), String.fromCodePoint(code)]))(
    'U+%s is in no text that people read',
    (_name, character) => {
      for (const text of [character, `a${character}`, `${character}b`, `a${character}b`]) {
        expect(accepts(text)).toBe(false);
        expect(prose(text)).toBe(false);
        expect(tagSchema.safeParse(text).success).toBe(false);
        expect(printable(text)).toBe(text.replace(character, '\ufffd'));
      }
    },
  );
});

test.each([
  ['a line break', 'a\nb'],
  ['a carriage return', 'a\rb'],
  ['a tab', 'a\tb'],
  ['a line separator', 'a\u2028b'],
  ['a paragraph separator', 'a\u2029b'],
])('a title has no %s, which longer text may have', (_what, text) => {
  expect(accepts(text)).toBe(false);
  expect(prose(text)).toBe(true);
  expect(printable(text)).toBe(text);
});

test.each([
  ['nothing', ''],
  ['blanks', '   '],
  ['other blanks', '\u00a0\u2003\u3000\u1680'],
  ['zero-width ones', '\u200b\u200c\u200d\u2060\ufeff'],
  ['soft hyphens', '\u00ad\u00ad'],
  ['Hangul fillers', '\u115f\u1160\u3164\uffa0'],
  ['variation selectors', '\ufe0f\u{e0100}'],
  ['tags', '\u{e0041}\u{e007f}'],
  ['invisible operators', '\u2061\u2062\u2063\u2064'],
  ['a Mongolian vowel separator', '\u180e'],
  ['a grapheme joiner', '\u034f'],
  ['empty Braille', '\u2800'],
  ['an accent on nothing', '\u0301'],
  ['Khmer inherent vowels', '\u17b4\u17b5'],
  ['a musical null note', '\u{1d159}'],
  ['private use', '\ue000'],
])('a title of %s is refused', (_what, title) => {
  expect(accepts(title)).toBe(false);
  expect(accepts(` ${title} `)).toBe(false);
  expect(isVisible(title)).toBe(false);
  expect(isVisible(`${title}x`)).toBe(true);
});

test.each([
  'Café',
  'наш опыт',
  '比較',
  '\u{1f600} ok',
  'a\u0301',
  'שלום',
  'مرحبا',
  '1 %',
  'e \u200d x',
  '👩‍👩‍👧',
  '한글',
  '…',
])('"%s" is a title', (title) => {
  expect(accepts(title)).toBe(true);
});

test('lengths are bounded', () => {
  expect(accepts('x'.repeat(200))).toBe(true);
  expect(accepts('x'.repeat(201))).toBe(false);
  expect(lineSchema(3).safeParse('abcd').success).toBe(false);
  expect(freeTextSchema(3).safeParse('').success).toBe(true);
});

test('what is printable is free text, is well formed, and stays as it is', () => {
  const codes = fc.oneof(
    fc.nat(0xff),
    fc.nat(0xffff),
    fc.nat(0x10ffff),
    fc.constantFrom(...kinds.flatMap(([, ...all]) => all)),
  );
  fc.assert(
    fc.property(fc.array(codes, { maxLength: 30 }), (points) => {
      const text = points.map((code) => String.fromCodePoint(code)).join('');
      const shown = printable(text);
      expect(prose(shown)).toBe(true);
      expect(shown.isWellFormed()).toBe(true);
      expect(printable(shown)).toBe(shown);
      if (prose(text)) expect(shown).toBe(text);
      if (accepts(text)) expect(prose(text)).toBe(true);
      expect(allPrintable({ a: [text, 1, null], b: { [`x${text}`]: text } })).toEqual({
        a: [shown, 1, null],
        b: { [printable(`x${text}`)]: shown },
      });
    }),
    { numRuns: 2000 },
  );
});
