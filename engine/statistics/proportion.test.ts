import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { degradation, proportionRatio, wilsonInterval } from './proportion.ts';

describe('published example', () => {
  it('Wilson: 81 of 263 (Newcombe 1998a, table I)', () => {
    const { low, high } = wilsonInterval(81, 263);
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
  });
});

describe('proportionRatio and degradation', () => {
  const count = fc
    .integer({ min: 1, max: 500 })
    .chain((trials) => fc.record({ successes: fc.integer({ min: 0, max: trials }), trials: fc.constant(trials) }));

  it('contains the observed ratio, whatever the counts', () => {
    fc.assert(
      fc.property(count, count, (fault, baseline) => {
        const { low, high } = proportionRatio(fault, baseline);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeGreaterThanOrEqual(low);
        if (baseline.successes === 0) return;
        const ratio = fault.successes / fault.trials / (baseline.successes / baseline.trials);
        expect(low).toBeLessThanOrEqual(ratio + 1e-9);
        expect(high).toBeGreaterThanOrEqual(ratio - 1e-9);
      }),
    );
  });

  it('stays within 0 to 1 and holds its value', () => {
    fc.assert(
      fc.property(count, count, (fault, baseline) => {
        const { value, low, high } = degradation(fault, baseline);
        expect(low).toBeLessThanOrEqual(value + 1e-9);
        expect(high).toBeGreaterThanOrEqual(value - 1e-9);
        for (const limit of [value, low, high]) {
          expect(limit).toBeGreaterThanOrEqual(0);
          expect(limit).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('is sure of an outage, unsure of one lost request in a hundred, and knows nothing without requests', () => {
    const outage = degradation({ successes: 0, trials: 100 }, { successes: 100, trials: 100 });
    expect(outage.value).toBe(1);
    expect(outage.low).toBeGreaterThan(0.9);
    expect(degradation({ successes: 99, trials: 100 }, { successes: 100, trials: 100 }).low).toBeLessThan(0.02);
    expect(degradation({ successes: 0, trials: 0 }, { successes: 100, trials: 100 })).toEqual({
      value: 0,
      low: 0,
      high: 1,
    });
  });
});
