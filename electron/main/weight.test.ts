import { expect, test } from 'vitest';
import { weighs } from './weight.ts';

test('counts text, keys, numbers and depth', () => {
  expect(weighs(['abc'], 11, 2)).toBe(true);
  expect(weighs(['abcd'], 11, 2)).toBe(false);
  expect(weighs({ longkey: 1 }, 20, 2)).toBe(false);
  expect(weighs([[[1]]], 1000, 2)).toBe(false);
  expect(weighs(new Uint8Array(100), 50, 2)).toBe(false);
});

test('a cycle ends at the depth bound', () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);
  expect(weighs(cycle, 1_000_000, 40)).toBe(false);
});
