import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonPlaceholders } from '../model/index.ts';
import {
  canBeSent,
  compileJson,
  compileText,
  headerText,
  noVariables,
  plainText,
  targetText,
  type Variable,
} from './template.ts';

test('text takes variables, escaped for where it goes', () => {
  expect(compileText('/p/${id}?q=${words}', targetText)({ id: 7, words: 'red shoes & more' })).toBe(
    '/p/7?q=red%20shoes%20%26%20more',
  );
  expect(compileText('${key}', headerText)({ key: 'a\r\nEvil: 1' })).toBe('a  Evil: 1');
  expect(compileText('/plain', targetText)({})).toBe('/plain');
});

test('a JSON string that is exactly a variable takes it with its type', () => {
  const body = compileJson({ count: '${n}', note: 'n is ${n}', list: ['${ok}', 1, null, { deep: '${text}' }] });
  expect(JSON.parse(body({ n: 3, ok: true, text: 'a "quoted"\n line' }))).toEqual({
    count: 3,
    note: 'n is 3',
    list: [true, 1, null, { deep: 'a "quoted"\n line' }],
  });
});

test('JSON without variables comes out as it went in, and any text variable stays one JSON string', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, text) => {
      fc.pre(jsonPlaceholders(value).length === 0);
      expect(JSON.parse(compileJson(value)({}))).toEqual(JSON.parse(JSON.stringify(value)));
      expect(JSON.parse(compileJson(['x${text}y'])({ text }))).toEqual([`x${text}y`]);
    }),
  );
});

/** JSON as a server may write it: with halves of surrogate pairs anywhere, as escapes. */
const anyText = fc.array(fc.oneof(fc.constantFrom(0xd83d, 0xde00, 0xdfff, 0x61), fc.nat(0xffff)), { maxLength: 6 });
const anyCaptured = fc
  .letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      anyText.map((units) => String.fromCharCode(...units)),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
    ),
  }))
  .value.map((value) => value as Variable);

test('what can be sent can stand in every place of a request, and comes out there as it went in', () => {
  const target = compileText('/use/${id}', targetText);
  const header = compileText('x-id: ${id}\r\n', headerText);
  const body = compileJson({ exact: '${id}', within: 'id ${id}' });
  fc.assert(
    fc.property(anyCaptured, (id) => {
      if (typeof id === 'string') expect(canBeSent(id)).toBe(Buffer.from(id).toString() === id);
      if (!canBeSent(id)) return;
      expect(decodeURIComponent(target({ id }))).toBe(`/use/${plainText(id)}`);
      expect(header({ id })).toMatch(/^x-id: [^\r\n]*\r\n$/);
      expect(JSON.parse(Buffer.from(body({ id })).toString())).toEqual({
        exact: JSON.parse(JSON.stringify(id)) as unknown,
        within: `id ${plainText(id)}`,
      });
    }),
    { numRuns: 500 },
  );
});

test('what is nested too deeply to be written cannot be sent', () => {
  const depth = 200_000;
  expect(canBeSent(JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as object)).toBe(false);
});

test('a variable may have a name that every object has', () => {
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const variables = noVariables();
    expect(compileText(`\${${name}}`, plainText)(variables)).toBe('null');
    variables[name] = 'mine';
    expect(compileText(`\${${name}}`, plainText)(variables)).toBe('mine');
  }
});
