import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fieldsOf } from './index.ts';

const object = (properties: Record<string, unknown>, required: string[] = []) => ({
  ...{ type: 'object', properties, required },
});
const text = { type: 'string' };

it('fields are told with what they are, outer ones before what is in them', () => {
  const line = object({ productId: text, quantity: { type: 'integer', minimum: 1, maximum: 99 } }, ['productId']);
  const schema = object(
    {
      ...{ id: text, lines: { type: 'array', items: line }, ids: { type: 'array', items: text } },
      ...{
        status: { enum: ['open', 'closed'] },
        note: { anyOf: [{ type: 'string', maxLength: 9 }, { type: 'null' }] },
      },
      ...{
        total: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
        limit: { type: 'number', default: 12 },
      },
      ...{ customer: { anyOf: [object({ name: text }, ['name']), { type: 'null' }] }, done: { const: true }, all: {} },
    },
    ['id'],
  );
  expect(fieldsOf(schema).map(({ path, type, required }) => `${path}${required ? '!' : ''}: ${type}`)).toEqual([
    'id!: text',
    'lines: list of objects',
    'lines[].productId!: text',
    'lines[].quantity: whole number, 1 to 99',
    'ids: list of: text',
    'status: "open" or "closed"',
    'note: text, at most 9 characters or nothing',
    'total: whole number, 0 or more',
    'limit: number; 12 where it is left out',
    'customer: object or nothing',
    'customer.name!: text',
    'done: true',
    'all: anything',
  ]);
});

it('what is no object is one field without a name, and an empty object has none', () => {
  expect(fieldsOf({ type: 'array', items: text })).toEqual([{ path: '', type: 'list of: text', required: true }]);
  expect(fieldsOf({})).toEqual([{ path: '', type: 'anything', required: true }]);
  expect(fieldsOf(object({}))).toEqual([]);
});

it('is bounded and in one line each, whatever the schema', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (schema, inner) => {
      for (const one of [schema, { ...schema, properties: { a: inner, 'b\nc': { anyOf: [inner, inner] } } }]) {
        const fields = fieldsOf(one);
        expect(fields.length).toBeLessThanOrEqual(100);
        for (const { path, type } of fields) expect(`${path} ${type}`).not.toMatch(/\n/);
      }
    }),
  );
  const wide = object(Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`f${index}`, text])));
  expect(fieldsOf(wide)).toHaveLength(100);
  let deep: object = text;
  for (let level = 0; level < 40; level += 1) deep = object({ a: deep });
  expect(fieldsOf(deep as Record<string, unknown>).length).toBeLessThan(8);
});
