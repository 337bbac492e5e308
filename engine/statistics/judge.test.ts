import { describe, expect, it } from 'vitest';
import { type Comparison, furtherBlocks, judgeFamily } from './judge.ts';

const five = [10, 10.2, 9.9, 10.1, 9.8];
const times = (factors: number[]) => five.map((value, block) => value * (factors[block] ?? 1));
const quietPairs = five.map((first, block) => ({ first, second: first * (1 + (block % 2 === 0 ? 0.01 : -0.01)) }));
const base: Comparison = {
  scale: 'ratio',
  margin: 0.05,
  better: 'lower',
  baseline: five,
  variant: five,
  noise: quietPairs,
};
const judge = (over: Partial<Comparison>) => judgeFamily([{ ...base, ...over }])[0];

describe('judgeFamily', () => {
  it('calls nearly three times as slow worse, and better when more is better', () => {
    const variant = times([2.9, 2.7, 3, 2.8, 2.95]);
    expect(judge({ variant })?.verdict).toBe('worse');
    expect(judge({ variant, better: 'higher' })?.verdict).toBe('better');
  });

  it('calls a proven change inside the margin equivalent', () => {
    const judgement = judge({ variant: times([1.02, 1.021, 1.019, 1.02, 1.02]), noise: [] });
    expect(judgement?.effect?.pValue).toBeLessThan(0.001);
    expect(judgement?.verdict).toBe('equivalent');
  });

  it('does not call a proven change that the noise floor swallows', () => {
    const variant = times([1.1, 1.11, 1.09, 1.1, 1.1]);
    const loudPairs = five.map((first, block) => ({ first, second: first * (block % 2 === 0 ? 1.2 : 0.85) }));
    expect(judge({ variant })?.verdict).toBe('worse');
    // The floor is the margin then: the change means as much as none.
    expect(judge({ variant, noise: loudPairs })?.verdict).toBe('equivalent');
  });

  it('decides nothing on two blocks, and gives no interval on one', () => {
    const two = judgeFamily([{ ...base, baseline: [10, 10], variant: [30, 30], noise: [] }])[0];
    expect(two?.verdict).toBe('inconclusive');
    const one = judgeFamily([{ ...base, baseline: [10], variant: [30], noise: [] }])[0];
    expect(one?.effect?.interval).toBeNull();
    expect(one && furtherBlocks(one)).toBeNull();
  });

  it('corrects for what is judged together: the same finding, alone and beside thirty others', () => {
    const finding = { ...base, variant: times([1.1, 1.2, 1.15, 1.25, 1.1]), noise: [] };
    const nothing = { ...base, variant: times([1.1, 0.9, 1.2, 0.8, 1]), noise: [] };
    expect(judgeFamily([finding])[0]?.verdict).toBe('worse');
    const crowd = judgeFamily([finding, ...Array.from({ length: 30 }, () => nothing)]);
    expect(crowd[0]?.verdict).toBe('inconclusive');
    expect(crowd[0]?.adjustedPValue).toBeGreaterThan(0.05);
  });

  it('says how many more blocks would decide', () => {
    const judgement = judge({ variant: times([1.05, 1.2, 1.3, 0.98, 1.15]), noise: [] });
    expect(judgement?.verdict).toBe('inconclusive');
    expect(judgement && furtherBlocks(judgement)).toBeGreaterThan(0);
  });
});
