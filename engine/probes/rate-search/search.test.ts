import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchRate } from './search.ts';

const knee = (limit: number) => async (rate: number) => ({ met: rate <= limit, generatorValid: true, value: rate });

describe('searchRate', () => {
  it('finds a knee anywhere in range to the wanted precision, from below', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 7, max: 900, noNaN: true }), async (limit) => {
        const found = await searchRate({ start: 100, max: 1000, precision: 0.05 }, knee(limit));
        expect(found.bounded).toBe('bracketed');
        expect(found.best).toBeLessThanOrEqual(limit);
        expect(found.best ?? 0).toBeGreaterThanOrEqual(limit * 0.9);
      }),
    );
  });

  it('says that the range ended when the objective is met at the highest rate', async () => {
    const found = await searchRate({ start: 100, max: 1000, precision: 0.05 }, knee(5000));
    expect(found).toMatchObject({ best: 1000, bounded: 'range' });
  });

  it('has no rate when even the lowest misses', async () => {
    const found = await searchRate({ start: 100, max: 1000, precision: 0.05 }, knee(0));
    expect(found).toMatchObject({ best: null, bounded: 'range' });
  });

  it('says that the generator gave out first', async () => {
    const found = await searchRate({ start: 100, max: 1000, precision: 0.05 }, async (rate) => ({
      met: rate < 300,
      generatorValid: rate < 300,
      value: rate,
    }));
    expect(found).toMatchObject({ best: 200, bounded: 'generator' });
  });
});
