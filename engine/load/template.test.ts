import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileJson, compileText, headerText, jsonPlaceholders, targetText } from './template.ts';

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
