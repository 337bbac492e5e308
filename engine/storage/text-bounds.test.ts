import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameTwice, textBounds } from './text-bounds.ts';

const count = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Object.values(value).reduce<number>((sum, inner) => sum + count(inner), 0)
    : 1;

test('at least as many values are counted as there are, blind to what strings hold', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 1), (value, space) => {
      const { values, problem } = textBounds(JSON.stringify(value, null, space));
      expect(values).toBeGreaterThanOrEqual(count(value));
      // A list is counted once for itself, and what it holds once for each comma and once for it.
      expect(values).toBeLessThanOrEqual(2 * count(value));
      expect(problem).toBeNull();
    }),
  );
});

test.each([1, 64, 65, 100_000])('%i levels are told from too many', (depth) => {
  expect(textBounds(`${'['.repeat(depth)}${']'.repeat(depth)}`).problem).toBe(
    depth > 64 ? 'is nested deeper than 64 levels' : null,
  );
  expect(textBounds(`"${'['.repeat(depth)}"`).problem).toBeNull();
});

test.each([
  ['a list', `[${'"0123456789",'.repeat(60_000)}0]`, /more than 50,000 members/],
  ['an object', `{${'"0123456789":1,'.repeat(60_000)}"a":0}`, /more than 50,000 members/],
  ['the checksums of a result', `{"sums":{${'"0123456789":1,'.repeat(60_000)}"a":0}}`, null],
  [
    'more of them than a result has',
    `{"sums":{${'"0123456789":1,'.repeat(400_000)}"a":0}}`,
    /more than 400,000 members/,
  ],
  [
    'many lists of next to nothing',
    `[${`[${'0,'.repeat(40_000)}0],`.repeat(10)}0]`,
    /values, far more than there is anything in/,
  ],
  ['many lists of something', `[${`[${'0.12345678,'.repeat(40_000)}0],`.repeat(10)}0]`, null],
])('%s is bounded', (_what, text, problem) => {
  if (problem === null) expect(textBounds(text).problem).toBeNull();
  else expect(textBounds(text).problem).toMatch(problem);
});

test('no text, whatever it is, brings the bounds down', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', 'a', ' ')), (parts) => {
      const text = parts.join('');
      expect(textBounds(text).values).toBeGreaterThan(0);
      try {
        JSON.parse(text);
      } catch {
        return;
      }
      nameTwice(text);
    }),
  );
});

describe('a name that is there twice', () => {
  test.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"b":{"c":[{},{"d":1,"e":2,"d":3}]}}', 'b.c.1.d'],
    ['{"a":[{"x":1,"x":1}]}', 'a.0.x'],
    [String.raw`{"a":1,"\u0061":2}`, 'a'],
    ['{ "a" : 1 ,\n "a"\t: 2 }', 'a'],
    ['{"a":"a","b":["a","a"],"c":{"a":1}}', undefined],
    [String.raw`{"a\"":1,"a":2,"a\\":3}`, undefined],
    ['[{"a":1},{"a":1}]', undefined],
  ])('in %s is %s', (text, name) => expect(nameTwice(text)).toBe(name));

  test('is never found where a program wrote the text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(nameTwice(JSON.stringify(value))).toBeUndefined();
      }),
    );
  });
});
