import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeAnswer, type Expectation } from './answer.ts';
import { judgeBy } from './conformance.ts';

const answer = (body: unknown, more: object = {}) => ({
  ...{ status: 200, type: 'application/json', location: null, text: JSON.stringify(body) },
  ...more,
});
const findings = (body: unknown, expectation: Partial<Expectation> = {}, more: object = {}) =>
  judgeAnswer(answer(body, more), { status: 200, ...expectation }).findings;

/** Every way down to something that is no list and no object. */
function leaves(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return path.length === 0 ? [] : [[...path]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

describe('an answer of which something is certain', () => {
  const json = fc
    .jsonValue({ maxDepth: 4 })
    .map((value) => JSON.parse(JSON.stringify({ value })) as { value: unknown });

  it('is right when that is there, whatever else is', () => {
    fc.assert(
      fc.property(json, ({ value: certain }) => {
        expect(findings(certain, { certain })).toEqual([]);
        expect(findings({ a: certain, more: 1 }, { certain: { a: certain } })).toEqual([]);
      }),
    );
  });

  it('is named by the field that has another value, and by nothing else', () => {
    const changed = json
      .filter((value) => leaves(value).length > 0)
      .chain((value) => fc.tuple(fc.constant(value), fc.constantFrom(...leaves(value))));
    fc.assert(
      fc.property(changed, ([certain, path]) => {
        const body = structuredClone(certain);
        let holder = body as unknown as Record<string, unknown>;
        for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
        Object.defineProperty(holder, path.at(-1)!, { value: 'something else', enumerable: true });
        expect(findings(body, { certain })).toEqual([
          { place: 'field', path, expected: expect.any(String) as string, came: '"something else"' },
        ]);
      }),
    );
  });

  it('is said once of a field that is not as its schema says either', () => {
    const judge = judgeBy({
      type: 'object',
      properties: { line: { type: 'object', properties: { id: { type: 'string' } } } },
    });
    const certain = { line: { id: 'a', count: 2 } };
    expect(findings({ line: { id: 5, count: 3 } }, { judge, certain })).toEqual([
      { place: 'field', path: ['line', 'id'], expected: 'a text', came: '5' },
      { place: 'field', path: ['line', 'count'], expected: '2', came: '3' },
    ]);
    expect(findings({ line: 5 }, { judge, certain })).toEqual([
      { place: 'field', path: ['line'], expected: 'an object', came: '5' },
    ]);
  });
});

it.each([
  ['application/json', true],
  ['Application/JSON; charset=utf-8', true],
  ['application/json ;charset=utf-8', true],
  ['text/json', false],
  ['application/jsonp', false],
  [null, false],
])('the media type %s is JSON: %s', (type, isJson) => {
  expect(findings({}, {}, { type }).map(({ place }) => place)).toEqual(isJson ? [] : ['content-type']);
});

it.each([
  ['nothing', '', 'nothing'],
  ['no JSON', '<p>', '"<p>"'],
  ['no UTF-8', null, 'bytes that are not UTF-8'],
  ['lists without end', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, `"${'['.repeat(78)}…`],
])('a body that is %s is none', (_what, text, came) => {
  expect(findings({}, {}, { text })).toEqual([{ place: 'body', expected: 'JSON in UTF-8', came }]);
});

it('a long list of nothing but mistakes is told in part', () => {
  const judge = judgeBy({ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } });
  const found = findings(
    Array.from({ length: 200_000 }, () => 1),
    { judge },
  );
  expect(found[0]).toEqual({ place: 'field', path: ['0'], expected: 'a text or null', came: '1' });
  expect(found.length).toBeLessThan(1000);
});
