import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../model/index.ts';
import { evidenceOfSurplus } from './anytime.ts';

describe('evidenceOfSurplus', () => {
  it('is one without requests, and a finite factor whatever was asked', () => {
    expect(evidenceOfSurplus({ bad: 0, asked: 0 }, 0.02)).toBe(1);
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.nat(100_000),
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        (a, b, allowed) => {
          const evidence = evidenceOfSurplus({ bad: Math.min(a, b), asked: Math.max(a, b) }, allowed);
          expect(evidence).toBeGreaterThanOrEqual(0);
          expect(evidence).toBeLessThan(Infinity);
        },
      ),
    );
  });

  it('grows with every bad request and shrinks with every good one', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), (bad, good) => {
        const now = evidenceOfSurplus({ bad, asked: bad + good }, 0.02);
        expect(evidenceOfSurplus({ bad: bad + 1, asked: bad + good + 1 }, 0.02)).toBeGreaterThan(now);
        expect(evidenceOfSurplus({ bad, asked: bad + good + 1 }, 0.02)).toBeLessThan(now);
      }),
    );
  });

  it('reaches 20 in at most one of twenty series that are looked at after every request, and nothing is wrong in', () => {
    const random = createRandom(1, 'anytime');
    const series = 4000;
    let alarms = 0;
    for (let one = 0; one < series; one += 1) {
      let bad = 0;
      for (let asked = 1; asked <= 300; asked += 1) {
        if (random.next() < 0.02) bad += 1;
        if (evidenceOfSurplus({ bad, asked }, 0.02) < 20) continue;
        alarms += 1;
        break;
      }
    }
    // Three standard errors above the bound.
    expect(alarms / series).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / series));
    expect(alarms).toBeGreaterThan(0);
  });

  it('is sure of what always fails after four requests, and of half after a dozen', () => {
    expect(evidenceOfSurplus({ bad: 4, asked: 4 }, 0.02)).toBeGreaterThan(16_000);
    expect(evidenceOfSurplus({ bad: 6, asked: 12 }, 0.02)).toBeGreaterThan(16_000);
  });
});
