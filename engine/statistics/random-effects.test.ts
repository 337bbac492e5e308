import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  mean,
  meanIntervalAt,
  pauleMandel,
  predictionIntervalAt,
  randomEffects,
  standardDeviation,
  studentTQuantile,
  type UnitEffect,
} from './index.ts';

/** Nine laboratories that measured one quantity (Kacker 2004, Metrologia 41, table 1: means and squared standard uncertainties). */
const laboratories: UnitEffect[] = (
  [
    [61, 0.2025],
    [61.4, 1.21],
    [62.21, 0.09],
    [62.3, 0.2025],
    [62.34, 0.3844],
    [62.6, 0.5625],
    [62.7, 0.0676],
    [62.84, 0.0225],
    [65.9, 1.8225],
  ] as const
).map(([value, variance]) => ({ value, variance }));

const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const anyUnits = (variance = finite(1e-4, 4)) =>
  fc.array(fc.record({ value: finite(-5, 5), variance }), { minLength: 2, maxLength: 12 });

describe('a mean over units whose effects differ', () => {
  it('is that of a published example', () => {
    // Kacker 2004 prints 0.8399; more digits are of R's metafor, rma(y, v, method = "PM").
    expect(Math.sqrt(pauleMandel(laboratories))).toBeCloseTo(0.8399, 4);
    const effect = randomEffects(laboratories);
    expect(effect.betweenVariance).toBeCloseTo(0.705395309224248, 9);
    expect(effect.mean).toBeCloseTo(62.4076199113286, 9);
    expect(effect.standardError).toBeCloseTo(0.338030602684471, 9);
    expect(effect.heterogeneity).toBeCloseTo(0.837218626490482, 9);
  });

  it('has the interval of Hartung, Knapp, Sidik and Jonkman at any variance between units', () => {
    // The same laboratories with the variance of DerSimonian and Laird: metafor, rma(y, v, method = "DL", test = "knha").
    const effect = randomEffects(laboratories, 0.288049246973751);
    expect(effect.mean).toBeCloseTo(62.3901386044504, 9);
    expect(effect.standardError).toBeCloseTo(0.29477605699879, 9);
    const { low, high } = meanIntervalAt(effect, 0.05);
    expect(low).toBeCloseTo(61.710383798052, 6);
    expect(high).toBeCloseTo(63.0698934108488, 6);
  });

  it('is Student’s t over the values where nothing is known of the noise within them', () => {
    const values = [0.2, 0.5, 0.1, 0.9];
    const effect = randomEffects(values.map((value) => ({ value, variance: 0 })));
    const [t, spread] = [studentTQuantile(0.975, 3), standardDeviation(values)];
    expect(effect.mean).toBeCloseTo(mean(values), 12);
    expect(effect.heterogeneity).toBeNull();
    expect(meanIntervalAt(effect, 0.05).high).toBeCloseTo(mean(values) + (t * spread) / 2, 9);
    expect(predictionIntervalAt(effect, 0.05).high).toBeCloseTo(mean(values) + t * spread * Math.sqrt(1 + 1 / 4), 9);
  });

  it('foretells one more value as the classical interval does, where all are as precise and differ by more', () => {
    const values = [0.2, 0.5, 0.1, 0.9];
    const effect = randomEffects(values.map((value) => ({ value, variance: 0.01 })));
    const half = studentTQuantile(0.975, 3) * standardDeviation(values) * Math.sqrt(1 + 1 / 4);
    expect(predictionIntervalAt(effect, 0.05).high).toBeCloseTo(mean(values) + half, 9);
  });

  it('needs two units', () => {
    expect(() => randomEffects([{ value: 1, variance: 1 }])).toThrow('at least two');
  });

  it('solves the equation of Paule and Mandel, or says that noise within units explains all', () => {
    fc.assert(
      fc.property(anyUnits(), (units) => {
        const between = pauleMandel(units);
        const weights = units.map(({ variance }) => 1 / (variance + between));
        const whole = weights.reduce((sum, weight) => sum + weight, 0);
        const middle = units.reduce((sum, { value }, at) => sum + value * (weights[at] ?? 0), 0) / whole;
        const squares = units.reduce((sum, { value }, at) => sum + (weights[at] ?? 0) * (value - middle) ** 2, 0);
        if (between === 0) expect(squares).toBeLessThanOrEqual(units.length - 1 + 1e-9);
        else expect(squares).toBeCloseTo(units.length - 1, 6);
      }),
    );
  });

  it('does not depend on their order, moves with them, and lies among them', () => {
    fc.assert(
      fc.property(anyUnits(), finite(-10, 10), (units, shift) => {
        const effect = randomEffects(units);
        const turned = randomEffects(units.toReversed());
        const moved = randomEffects(units.map(({ value, variance }) => ({ value: value + shift, variance })));
        expect(turned.mean).toBeCloseTo(effect.mean, 9);
        expect(turned.standardError).toBeCloseTo(effect.standardError, 9);
        expect(moved.mean).toBeCloseTo(effect.mean + shift, 6);
        const values = units.map(({ value }) => value);
        expect(effect.mean).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(effect.mean).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
      }),
    );
  });

  it('is certain where all have one value and nothing is known to vary, whatever the value', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), fc.integer({ min: 2, max: 12 }), (value, count) => {
        const effect = randomEffects(Array.from({ length: count }, () => ({ value, variance: 0 })));
        expect([effect.betweenVariance, effect.standardError, effect.pValue]).toEqual([0, 0, 0]);
      }),
    );
  });

  it('is the one value where all have it, as sure as the noise within them allows and no surer', () => {
    fc.assert(
      fc.property(finite(-5, 5), finite(1e-3, 4), fc.integer({ min: 2, max: 12 }), (value, variance, count) => {
        const effect = randomEffects(Array.from({ length: count }, () => ({ value, variance })));
        expect(effect.mean).toBeCloseTo(value, 9);
        expect(effect.betweenVariance).toBeCloseTo(0, 12);
        expect(effect.standardError).toBeCloseTo(Math.sqrt(variance / count), 9);
      }),
    );
  });
});
