import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeBy } from './conformance.ts';
import type { JsonSchema } from './document.ts';

/** A schema and a value that is as it says. */
interface Pair {
  schema: JsonSchema;
  value: unknown;
}

const leaf: fc.Arbitrary<Pair> = fc.oneof(
  fc.integer({ min: 0, max: 100 }).map((value) => ({ schema: { type: 'integer', minimum: 0, maximum: 100 }, value })),
  fc.string().map((value) => ({ schema: { type: 'string' }, value })),
  fc.boolean().map((value) => ({ schema: { type: 'boolean' }, value })),
  fc.constantFrom('a', 'b').map((value) => ({ schema: { enum: ['a', 'b'] }, value })),
  fc.constant({ schema: { const: true }, value: true }),
  fc.option(fc.nat()).map((value) => ({ schema: { anyOf: [{ type: 'integer' }, { type: 'null' }] }, value })),
);
/** Names as programs have them, and such as only files have. */
const name = fc.oneof(
  fc.constantFrom('id', 'lines', 'toString', 'constructor', 'a/b', 'c~d', 'e.f', '0'),
  fc.string({ minLength: 1, maxLength: 5 }).filter((text) => text !== '__proto__'),
);
const objectOf = (field: fc.Arbitrary<Pair>): fc.Arbitrary<Pair> =>
  fc.uniqueArray(fc.tuple(name, field), { minLength: 1, maxLength: 4, selector: ([of]) => of }).map((fields) => ({
    schema: {
      type: 'object',
      required: fields.map(([of]) => of),
      properties: Object.fromEntries(fields.map(([of, { schema }]) => [of, schema])),
      additionalProperties: false,
    },
    value: Object.fromEntries(fields.map(([of, { value }]) => [of, value])),
  }));
const { document } = fc.letrec<{ document: Pair; field: Pair }>((tie) => ({
  document: objectOf(tie('field')),
  field: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    objectOf(tie('field')),
    fc.tuple(tie('field'), fc.integer({ min: 1, max: 3 })).map(([{ schema, value }, count]) => ({
      schema: { type: 'array', items: schema },
      value: Array.from({ length: count }, () => structuredClone(value)),
    })),
  ),
}));

/** Paths of every field that an object must have. */
function requiredPaths(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(Array.isArray(value) ? [] : [[...path, key]]),
    ...requiredPaths(inner, [...path, key]),
  ]);
}

function change(
  value: unknown,
  path: readonly string[],
  edit: (holder: Record<string, unknown>, key: string) => void,
): unknown {
  const copy = structuredClone(value);
  let holder = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  edit(holder, path.at(-1) ?? '');
  return copy;
}

const broken = document.chain((pair) => fc.tuple(fc.constant(pair), fc.constantFrom(...requiredPaths(pair.value))));
const pathsOf = (schema: JsonSchema, value: unknown): (readonly string[])[] =>
  judgeBy(schema)(value).map(({ path }) => path);

describe('a value held to a schema', () => {
  it('is as it says, also with fields that nobody knows', () => {
    fc.assert(
      fc.property(document, ({ schema, value }) => {
        expect(judgeBy(schema)(value)).toEqual([]);
        expect(judgeBy(schema)({ ...(value as object), 'more than was said': 1 })).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('of which one field is gone, or is something else, is named by the path of that field and by nothing else', () => {
    fc.assert(
      fc.property(broken, ([{ schema, value }, path]) => {
        const gone = change(value, path, (holder, key) => delete holder[key]);
        expect(pathsOf(schema, gone)).toEqual([path]);
        const other = change(value, path, (holder, key) => (holder[key] = -0.5));
        expect(pathsOf(schema, other)).toEqual([path]);
      }),
      { numRuns: 100 },
    );
  });

  it('says in words what was expected and what came', () => {
    const judge = judgeBy({
      type: 'object',
      required: ['id', 'cents', 'status', 'lines'],
      properties: {
        id: { type: 'string', pattern: '^p-\\d+$' },
        cents: { type: 'integer', minimum: 0, maximum: 100 },
        status: { enum: ['open', 'shut'] },
        lines: { type: 'array', minItems: 1, maxItems: 3 },
        stock: {
          type: 'object',
          propertyNames: { type: 'string', pattern: '^p' },
          additionalProperties: { type: 'integer', minimum: -(2 ** 53 - 1) },
        },
        rest: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
      },
    });
    expect(
      judge({ id: 'x', cents: 101, lines: [], stock: { q: 1, 'p\n': 'y' }, rest: 'z'.repeat(200) })
        .map(({ path, expected, came }) => [path.join('.'), expected, came])
        .toSorted(),
    ).toEqual(
      [
        ['id', 'a text like ^p-\\d+$', '"x"'],
        ['cents', 'a whole number from 0 to 100', '101'],
        ['status', '"open" or "shut"', 'nothing'],
        ['lines', 'a list of 1 to 3 items', '[]'],
        ['stock.q', 'a name that is a text like ^p', '"q"'],
        ['stock.p\n', 'a whole number', '"y"'],
        ['rest', 'a whole number or null', `"${'z'.repeat(78)}…`],
      ].toSorted(),
    );
    expect(judge(null)).toEqual([{ path: [], expected: 'an object', came: 'null' }]);
  });
});
