import { expect, test } from 'vitest';
import { parseUntrusted, parseUntrustedYaml } from './untrusted-json.ts';

test('a field named __proto__ is refused, however it is spelt, and not dropped', () => {
  for (const text of ['{"a":{"__proto__":1}}', '{"a":{"\\u005f_proto__":1}}', '{"a":{"__PROTO__":1,"__proto__":2}}'])
    expect(() => parseUntrusted(text, 'x.json')).toThrow(
      'x.json has a field "a.__proto__": nothing can be named __proto__.',
    );
  for (const text of ['{"a":"__proto__"}', '{"a":{"constructor":1,"proto__":2}}', '"\\u0041"'])
    expect(parseUntrusted(text, 'x.json')).toEqual(JSON.parse(text));
});

test('YAML is read within the same bounds', () => {
  expect(parseUntrustedYaml('a: [1, x]\nb: true\n', 'x.yaml')).toEqual({ a: [1, 'x'], b: true });
  const bomb = ['a0: &a0 [x]', ...Array.from({ length: 20 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`)];
  for (const [text, says] of [
    ['a: [', /^x\.yaml is not YAML: /],
    ['a: 1\na: 2', /^x\.yaml is not YAML: /],
    [bomb.join('\n'), /^x\.yaml is not YAML: /],
    ['['.repeat(100_000), /^x\.yaml is (not YAML|nested)/],
    [`${'['.repeat(70)}${']'.repeat(70)}`, /nested deeper/],
    ['__proto__: 1', /^x\.yaml: .*nothing can be named __proto__/],
    ['a: !!js/function "x"', /^x\.yaml is not YAML: /],
    ['a: !unknown x', /^x\.yaml is not YAML: /],
    ['{a: 1}: 2', /^x\.yaml is not YAML: a name must be text/],
    ['? [a, b]\n: 2', /^x\.yaml is not YAML: a name must be text/],
  ] as const) {
    expect(() => parseUntrustedYaml(text, 'x.yaml')).toThrow(says);
  }
});
