import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Comparison, judgeFamily } from './judge.ts';
import type { Scale } from './scale.ts';

const five = [10, 10.2, 9.9, 10.1, 9.8];
const times = (factors: number[]) => five.map((value, block) => value * (factors[block] ?? 1));
const pairs = (many: number, second: (block: number) => number) =>
  Array.from({ length: many }, (_, block) => ({ first: 10, second: 10 * second(block) }));
const loud = (block: number) => (block % 2 === 0 ? 1.2 : 0.85);
const base: Comparison = {
  scale: 'ratio',
  margin: 0.05,
  better: 'lower',
  baseline: five,
  variant: five,
  noise: [],
};
const judge = (over: Partial<Comparison>) => judgeFamily([{ ...base, ...over }])[0]!;

describe('judgeFamily', () => {
  it('calls nearly three times as slow worse, and better when more is better', () => {
    const variant = times([2.9, 2.7, 3, 2.8, 2.95]);
    expect(judge({ variant }).verdict).toBe('worse');
    expect(judge({ variant, better: 'higher' }).verdict).toBe('better');
  });

  it('calls a proven change inside the margin equivalent', () => {
    const judgement = judge({ variant: times([1.02, 1.021, 1.019, 1.02, 1.02]) });
    expect(judgement.effect?.pValue).toBeLessThan(0.001);
    expect(judgement.verdict).toBe('equivalent');
  });

  it('never calls +20 % equal, however large the noise floor', () => {
    const variant = times([1.2, 1.19, 1.21, 1.2, 1.205]);
    const judgement = judge({ variant, noise: pairs(8, (block) => (block % 2 === 0 ? 1.6 : 0.6)) });
    expect(judgement.noiseFloor).toBeGreaterThan(0.4);
    expect(judgement.verdict).toBe('inconclusive');
  });

  it.each(['share', 'count'] as const)(
    'never calls a %s equal where it differed by what matters in one deployment',
    (scale) => {
      const [usual, margin] = scale === 'share' ? [1, 0.05] : [0, 5];
      const common = { scale, margin, baseline: Array.from({ length: 12 }, () => usual) };
      const with1 = (other: number) => judge({ ...common, variant: [...common.baseline.slice(1), other] }).verdict;
      for (const size of [1, 2, 6]) expect(with1(Math.abs(usual - size * margin))).toBe('inconclusive');
      expect(with1(Math.abs(usual - 0.2 * margin))).toBe('equivalent');
    },
  );

  it('counts what has no value yet among those of its family where a later look may test it', () => {
    const looks = [{ blocks: 5, alphaSpent: 0.025 }];
    const none = { ...base, variant: five.map(() => null) };
    const levelsOf = (family: Comparison[], options = {}) => judgeFamily(family, options).map(({ level }) => level);
    expect(levelsOf([base, none], { looks })[0]).toBeCloseTo(0.0125, 12);
    expect(levelsOf([base, none])[0]).toBeCloseTo(0.05, 12);
    expect(judgeFamily([base, none], { looks })[1]).toMatchObject({
      verdict: 'inconclusive',
      method: 'none',
      level: null,
    });
  });

  it('gives limits that a file can hold at a look that may find nothing', () => {
    const looks = [3, 5].map((blocks) => ({ blocks, alphaSpent: 0.05 }));
    for (const scale of ['ratio', 'count', 'difference', 'share'] as const) {
      const [few, many] = scale === 'share' ? [0.1, 0.9] : [1, 90];
      const sides = { baseline: [few, few, many, few, few], variant: [many, few, many, few, many] };
      const [judged] = judgeFamily([{ ...base, scale, ...sides }], { looks });
      expect(judged?.verdict).toBe('inconclusive');
      for (const end of Object.values(judged?.interval ?? { none: Number.NaN })) expect(end).toSatisfy(Number.isFinite);
    }
  });

  it('lets a noise floor gate from eight A/A pairs on, and not before', () => {
    const variant = times([1.1, 1.11, 1.09, 1.1, 1.1]);
    expect(judge({ variant, noise: pairs(8, loud) }).verdict).toBe('inconclusive');
    const few = judge({ variant, noise: pairs(7, loud) });
    expect([few.verdict, few.noisePairs]).toEqual(['worse', 7]);
  });

  it('decides nothing on two blocks, and gives no interval on one', () => {
    expect(judge({ baseline: [10, 10.1], variant: [30, 29] }).verdict).toBe('inconclusive');
    expect(judge({ baseline: [10], variant: [30] }).interval).toBeNull();
  });

  it('corrects for what is judged together: the same finding, alone and beside thirty others', () => {
    const finding = { ...base, variant: times([1.1, 1.2, 1.15, 1.25, 1.1]) };
    const nothing = { ...base, variant: times([1.1, 0.9, 1.2, 0.8, 1]) };
    expect(judgeFamily([finding])[0]?.verdict).toBe('worse');
    const crowd = judgeFamily([finding, ...Array.from({ length: 30 }, () => nothing)]);
    expect(crowd[0]).toMatchObject({ verdict: 'inconclusive', level: 0.05 / 31 });
    expect(crowd[0]?.interval?.low).toBeLessThan(1);
  });
});

describe('what never varied', () => {
  const still = { scale: 'share' as const, margin: 0.005, better: 'higher' as const };
  const counts = (bad: number, trials: number) => ({ successes: trials - bad, trials });

  it('gets exact limits by request and says how many deployments may differ, never "0 to 0", and is not proven equal', () => {
    const judgement = judge({
      ...{ ...still, baseline: [1, 1, 1], variant: [1, 1, 1] },
      counts: { baseline: counts(0, 6000), variant: counts(0, 6000), unit: 1 },
    });
    expect(judgement).toMatchObject({
      verdict: 'inconclusive',
      method: 'exact-requests',
      value: 0,
      adjustedPValue: null,
    });
    // ln(0.0125) / 6000 on each side: all good in the one and as few as that in the other.
    expect(judgement.interval?.low).toBeCloseTo(-0.00073, 4);
    expect(judgement.interval?.high).toBe(0);
    expect(judgement.otherDeployments).toBeCloseTo(1 - 0.05 ** (1 / 3), 10);
  });

  it('is not called equal where too few requests were made to tell', () => {
    const few = { baseline: counts(0, 100), variant: counts(0, 100), unit: 1 };
    expect(judge({ ...still, baseline: [1, 1, 1], variant: [1, 1, 1], counts: few }).verdict).toBe('inconclusive');
  });

  it('is decided where every request went the one way and none the other', () => {
    const all = { baseline: counts(300, 300), variant: counts(0, 300), unit: 1 };
    const judgement = judge({ ...still, baseline: [0, 0, 0], variant: [1, 1, 1], counts: all });
    expect(judgement.verdict).toBe('better');
    expect(judgement.interval).toEqual({ low: expect.closeTo(0.971, 2) as number, high: 1 });
  });

  it('is not decided by three deployments that may each have had the one or the other of two values', () => {
    const rare = { baseline: counts(0, 600), variant: counts(0, 600), unit: 1 };
    const lost = { ...rare, variant: counts(180, 600) };
    const of = (blocks: number, beside: number) =>
      judgeFamily([
        ...Array.from({ length: beside }, () => ({
          ...still,
          noise: [],
          baseline: [1, 1, 1],
          variant: [1, 1, 1],
          counts: rare,
        })),
        ...[
          {
            ...still,
            noise: [],
            baseline: Array<number>(blocks).fill(1),
            variant: Array<number>(blocks).fill(0.7),
            counts: lost,
          },
        ],
      ]).at(-1)?.verdict;
    // 2 x (1/2)^6 is 3.1 %, 2 x (1/2)^8 0.8 %.
    expect([of(3, 0), of(3, 1), of(4, 1)]).toEqual(['worse', 'inconclusive', 'worse']);
  });

  it('has limits by deployment where no requests are counted', () => {
    const judgement = judge({ ...still, margin: 0.05, baseline: [0.2, 0.2, 0.2], variant: [0.2, 0.2, 0.2] });
    expect(judgement).toMatchObject({ verdict: 'inconclusive', method: 'exact-deployments' });
    expect(judgement.interval?.low).toBeCloseTo(-0.2, 12);
    expect(judgement.interval?.high).toBeGreaterThan(0.5);
  });

  it('is no difference where two copies of the baseline show as much, eight times or more', () => {
    const some = { baseline: counts(3000, 3000), variant: counts(2100, 3000), unit: 1 };
    const eight = {
      ...still,
      noise: [],
      baseline: Array<number>(8).fill(0),
      variant: Array<number>(8).fill(0.3),
      counts: some,
    };
    const apart = (many: number) =>
      Array.from({ length: many }, (_, block) => ({ first: block % 2, second: 1 - (block % 2) }));
    expect(judge(eight).verdict).toBe('better');
    expect(judge({ ...eight, noise: apart(7) }).verdict).toBe('better');
    expect(judge({ ...eight, noise: apart(8) }).verdict).toBe('inconclusive');
  });

  it('takes its share of the error, and p-values beside it are held against the whole', () => {
    const alone = judge({ variant: times([1.1, 1.2, 1.15, 1.25, 1.1]) });
    const shares: Comparison = { ...base, ...still, baseline: [1, 1, 1], variant: [1, 1, 1] };
    const [beside] = judgeFamily([{ ...base, variant: times([1.1, 1.2, 1.15, 1.25, 1.1]) }, shares]);
    expect(beside?.level).toBeCloseTo(0.025, 12);
    expect(beside?.adjustedPValue).toBeCloseTo(2 * (alone.adjustedPValue ?? 0), 12);
  });

  it('is counted and not tested where it is a constant', () => {
    const judgement = judge({ baseline: [7, 7, 7], variant: [54, 54, 54], constant: true });
    expect(judgement).toMatchObject({ verdict: 'worse', method: 'counted', interval: null, level: null });
    expect(judge({ baseline: [7, 7, 7], variant: [7, 7, 7], constant: true }).verdict).toBe('equivalent');
  });
});

it('takes the least spread of a share from the blocks that both sides have', () => {
  const share = { scale: 'share' as const, margin: 0.05, better: 'higher' as const };
  const count = { successes: 150, trials: 300 };
  const counts = { baseline: count, variant: count, unit: 1 };
  const whole = judge({ ...share, counts, baseline: [0.5, 0.5, 0.51], variant: [0.5, 0.5, 0.51] });
  const more = judge({ ...share, counts, baseline: [0.5, 0.5, 0.51, 0.5], variant: [0.5, 0.5, 0.51, null] });
  expect(more.effect?.standardError).toBeGreaterThan(0);
  expect(more.effect?.standardError).toBe(whole.effect?.standardError);
});

describe('the interval that is given', () => {
  const value: Record<Scale, fc.Arbitrary<number>> = {
    ratio: fc.double({ min: 0.01, max: 1000, noNaN: true }),
    difference: fc.double({ min: 0, max: 1000, noNaN: true }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    count: fc.double({ min: 0, max: 1000, noNaN: true }),
  };
  const family = (scale: Scale) =>
    fc.array(
      fc.array(fc.tuple(value[scale], value[scale]), { minLength: 2, maxLength: 6 }).map((blocks): Comparison => ({
        ...base,
        ...{ scale, baseline: blocks.map(([before]) => before), variant: blocks.map(([, after]) => after) },
        margin: scale === 'share' ? 0.05 : scale === 'ratio' ? 0.05 : 5,
      })),
      { minLength: 1, maxLength: 5 },
    );

  it.each(Object.keys(value) as Scale[])('%s: holds the effect, agrees with the verdict, and is possible', (scale) => {
    fc.assert(
      fc.property(family(scale), (comparisons) => {
        for (const [index, judgement] of judgeFamily(comparisons).entries()) {
          const { interval, value: effect, verdict, method } = judgement;
          if (interval === null || effect === null) continue;
          const none = scale === 'ratio' ? 1 : 0;
          expect(interval.low).toBeLessThanOrEqual(effect + 1e-9);
          expect(interval.high).toBeGreaterThanOrEqual(effect - 1e-9);
          if (verdict === 'better' || verdict === 'worse')
            expect(interval.low > none || interval.high < none || method !== 't').toBe(true);
          if (verdict === 'equivalent') {
            const { margin } = comparisons[index]!;
            expect(interval.high).toBeLessThan(scale === 'ratio' ? 1 + margin : margin);
            expect(interval.low).toBeGreaterThan(scale === 'ratio' ? 1 / (1 + margin) : -margin);
          }
          if (scale === 'ratio') expect(interval.low).toBeGreaterThanOrEqual(0);
          if (scale === 'share') {
            expect(interval.low).toBeGreaterThanOrEqual(-1);
            expect(interval.high).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  it('never leads beyond all or below nothing, seen from the average that is printed beside it', () => {
    // As it was seen: one side is always whole, and the old interval ran to 123 %.
    const judgement = judge({ scale: 'share', margin: 0.05, baseline: [0.9, 0.8, 0.87], variant: [1, 1, 1] });
    expect(judgement.value).toBeGreaterThan(0.1);
    expect(judgement.interval?.high).toBeLessThanOrEqual(1 - 0.85);
    const lost = judge({ scale: 'count', margin: 5, baseline: [40, 55, 47], variant: [0, 1, 0] });
    expect(lost.interval?.low).toBeGreaterThanOrEqual(-48);
    expect(lost.verdict).toBe('better');
  });
});
