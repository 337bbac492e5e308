import { describe, expect, it } from 'vitest';
import { isSteady } from './steady.ts';

describe('isSteady', () => {
  it('needs six slices', () => {
    expect(isSteady([5, 5, 5, 5, 5])).toBe(false);
    expect(isSteady([5, 5, 5, 5, 5, 5])).toBe(true);
  });

  it('is not steady while the median still falls', () => {
    expect(isSteady([20, 16, 12, 10, 8, 6])).toBe(false);
  });

  it('is not misled by one odd slice', () => {
    expect(isSteady([5, 5, 5, 5, 40, 5])).toBe(true);
  });
});
