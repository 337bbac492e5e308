import { describe, expect, it } from 'vitest';
import { requestSchemas } from './index.ts';

const isTaken = (name: 'explore:ask' | 'explore:document' | 'apis:describe', ...args: unknown[]): boolean =>
  requestSchemas[name].safeParse(args).success;

describe('what the window may ask of a module', () => {
  it('is an example by its number, so many times', () => {
    expect(isTaken('explore:ask', 'catalog', 'product', 0, 1)).toBe(true);
    expect(isTaken('explore:ask', 'catalog', 'takeOut', 199, 50)).toBe(true);
    expect(isTaken('apis:describe', 'shop')).toBe(true);
  });

  it.each<[what: string, ...args: unknown[]]>([
    ['an address', 'http://127.0.0.1:1/', 'product', 0, 1],
    ['a path', 'catalog', '../health', 0, 1],
    ['an operation with an address in it', 'catalog', 'product?x=1', 0, 1],
    ['a body of its own', 'catalog', 'product', { id: 'p-1' }, 1],
    ['an example below the first', 'catalog', 'product', -1, 1],
    ['one beyond the last', 'catalog', 'product', 200, 1],
    ['half an example', 'catalog', 'product', 0.5, 1],
    ['never', 'catalog', 'product', 0, 0],
    ['without end', 'catalog', 'product', 0, 51],
    ['no number of times', 'catalog', 'product', 0],
    ['something more', 'catalog', 'product', 0, 1, 'x'],
  ])('is never %s', (_what, ...args) => {
    expect(isTaken('explore:ask', ...args)).toBe(false);
  });

  it('is the document of a unit by its name, never an address', () => {
    expect(isTaken('explore:document', 'shop')).toBe(true);
    for (const args of [[], ['http://127.0.0.1:1'], ['../shop'], ['shop', '/openapi.json'], [7]])
      expect(isTaken('explore:document', ...args)).toBe(false);
  });

  it('is of an application by its name alone', () => {
    for (const args of [[], ['../shop'], ['shop', 'more'], [7]]) expect(isTaken('apis:describe', ...args)).toBe(false);
  });
});
