import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intervalAt, pairedEffect } from './paired-effect.ts';

const positive = fc.double({ min: 0.01, max: 1e6, noNaN: true });

describe('pairedEffect', () => {
  it('gives the textbook paired t interval (differences 1, 2, 3, 4, 5)', () => {
    const effect = pairedEffect('difference', [0, 0, 0, 0, 0], [1, 2, 3, 4, 5]);
    expect(effect?.mean).toBe(3);
    expect(effect?.spread).toBeCloseTo(1.5811388, 6);
    // 3 +- 2.776445 * 0.7071068
    expect(effect && intervalAt(effect, 0.05)?.low).toBeCloseTo(1.0367568, 5);
    expect(effect && intervalAt(effect, 0.05)?.high).toBeCloseTo(4.9632432, 5);
    // t = 4.2426407 with 4 degrees of freedom
    expect(effect?.pValue).toBeCloseTo(0.0132356, 5);
  });

  it('reads ratios back, and does not take equal changes of values that vary for certainty', () => {
    const effect = pairedEffect('ratio', [1, 2, 4], [2, 4, 8]);
    expect(Math.exp(effect?.mean ?? Number.NaN)).toBeCloseTo(2, 12);
    expect(effect && intervalAt(effect, 0.05)?.low).toBeLessThan(Math.LN2 / 2);
    expect(effect?.pValue).toBeGreaterThan(0.01);
  });

  it('leaves out blocks that lack a side or a logarithm, and says null when none is left', () => {
    expect(pairedEffect('ratio', [1, null, 3, 0], [2, 5, null, 4])?.changes).toHaveLength(1);
    expect(pairedEffect('ratio', [null], [1])).toBeNull();
    const alone = pairedEffect('ratio', [1], [2]);
    expect(alone && intervalAt(alone, 0.05)).toBeNull();
  });

  it('does not take equal rounded values for certainty', () => {
    const unsaid = pairedEffect('difference', [0, 0, 0], [1, 1, 1]);
    const rounded = pairedEffect('difference', [0, 0, 0], [1, 1, 1], { resolution: 1 });
    expect(unsaid?.pValue).toBeGreaterThan(0.01);
    expect(pairedEffect('share', [0.5, 0.6, 0.5], [0.5, 0.6, 0.5])?.standardError).toBeGreaterThan(0.01);
    expect(rounded?.pValue).toBeGreaterThan(0.01);
  });

  it('turns round when the sides are swapped', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(positive, positive), { minLength: 2, maxLength: 12 }), (blocks) => {
        const first = blocks.map(([value]) => value);
        const second = blocks.map(([, value]) => value);
        const there = pairedEffect('ratio', first, second);
        const back = pairedEffect('ratio', second, first);
        expect(back?.mean).toBeCloseTo(-(there?.mean ?? Number.NaN), 9);
        expect(back?.pValue).toBeCloseTo(there?.pValue ?? Number.NaN, 9);
      }),
    );
  });

  it('is deaf to drift that both sides of a block share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(positive, positive, fc.double({ min: 0.1, max: 10, noNaN: true })), {
          minLength: 2,
          maxLength: 12,
        }),
        (blocks) => {
          const plain = pairedEffect(
            'ratio',
            blocks.map(([a]) => a),
            blocks.map(([, b]) => b),
          );
          const drifted = pairedEffect(
            'ratio',
            blocks.map(([a, , drift]) => a * drift),
            blocks.map(([, b, drift]) => b * drift),
          );
          expect(drifted?.mean).toBeCloseTo(plain?.mean ?? Number.NaN, 9);
        },
      ),
    );
  });
});
