import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf, inShort, said } from './digest.ts';

describe('what an answer says', () => {
  it('does not depend on the order of names, on blanks, or on how a number is written', () => {
    expect(said(200, '{ "b": [1.0, {"d": 1e2, "c": null}], "a": "x" }')).toBe(
      said(200, '{"a":"x","b":[1,{"c":null,"d":100}]}'),
    );
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const turned = (one: unknown): unknown =>
          typeof one !== 'object' || one === null
            ? one
            : Array.isArray(one)
              ? one.map(turned)
              : Object.fromEntries(
                  Object.entries(one)
                    .toReversed()
                    .map(([name, inner]) => [name, turned(inner)]),
                );
        expect(said(200, JSON.stringify(turned(value), null, 2))).toBe(said(200, JSON.stringify(value)));
      }),
    );
  });

  it('is another one where a value, the order of a list or the status is', () => {
    expect(new Set([said(200, '[1,2]'), said(200, '[2,1]'), said(200, '[1]'), said(201, '[1,2]')]).size).toBe(4);
  });

  it('of a refusal is its code and whether to try again; its message is for people', () => {
    const refusal = (message: string, code = 'bad-input') =>
      said(400, JSON.stringify({ error: { code, message, retryable: false, more: 1 } }));
    expect(refusal('p-1 is no list')).toBe(refusal('must be a list'));
    expect(refusal('x')).not.toBe(refusal('x', 'not-found'));
  });

  it('is the text as it came where that is no JSON', () => {
    expect(said(200, '<p>')).toBe('200 <p>');
    expect(said(200, `${'['.repeat(100)}${']'.repeat(100)}`)).toContain('[[[[');
  });

  it('has a digest of eight digits and a short form', () => {
    // printf '200 {}' | sha256sum
    expect(digestOf('200 {}')).toBe('cb592433');
    expect(inShort('x'.repeat(300))).toHaveLength(200);
  });
});
