import { expect, test } from 'vitest';
import { parseUntrusted } from './untrusted-json.ts';

test('a field named __proto__ is refused, however it is spelt, and not dropped', () => {
  for (const text of ['{"a":{"__proto__":1}}', '{"a":{"\\u005f_proto__":1}}', '{"a":{"__PROTO__":1,"__proto__":2}}'])
    expect(() => parseUntrusted(text, 'x.json')).toThrow(
      'x.json has a field "a.__proto__": nothing can be named __proto__.',
    );
  for (const text of ['{"a":"__proto__"}', '{"a":{"constructor":1,"proto__":2}}', '"\\u0041"'])
    expect(parseUntrusted(text, 'x.json')).toEqual(JSON.parse(text));
});
