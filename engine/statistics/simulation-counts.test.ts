import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../model/index.ts';
import { type Comparison, judgeFamily } from './judge.ts';
import { degradation } from './proportion.ts';
import { centre, change, forward, inverse, toEffect } from './scale.ts';
import { atMostFive, noises, normal, world } from './testing/worlds.ts';

// Shares and counts, in seeded worlds with a known truth like those of simulation.test.ts.

describe('proportions and counts', () => {
  const shares = [
    { name: 'half', before: 0.5, after: 0.5 },
    { name: 'nearly all', before: 0.97, after: 0.97 },
    { name: 'nearly none', before: 0.02, after: 0.02 },
  ];
  it.each(shares.flatMap((one) => [3, 5, 10].map((blocks) => ({ ...one, blocks }))))(
    'two equal shares, $name, $blocks deployments of 150 requests: a difference is seen in at most 5 %',
    ({ before, after, blocks }) => {
      const random = createRandom(20, before * 1000, blocks);
      // Deployments differ too, which requests alone do not show.
      const draw = (share: number) => {
        const own = Math.min(1, Math.max(0, share + 0.02 * share * (1 - share) * normal(random)));
        return Array.from({ length: 150 }, () => Number(random.next() < own)).reduce((a, b) => a + b, 0) / 150;
      };
      const all = (values: number[]) => ({
        successes: Math.round(150 * values.reduce((a, b) => a + b, 0)),
        trials: 150 * values.length,
      });
      const runs = 3000;
      let wrong = 0;
      for (let run = 0; run < runs; run += 1) {
        const baseline = Array.from({ length: blocks }, () => draw(before));
        const variant = Array.from({ length: blocks }, () => draw(after));
        const [judgement] = judgeFamily([
          {
            ...{ scale: 'share', margin: 0.005, better: 'higher', baseline, variant, noise: [] },
            counts: { ...{ baseline: all(baseline), variant: all(variant) }, unit: 1 },
          },
        ]);
        if (judgement?.verdict === 'better' || judgement?.verdict === 'worse') wrong += 1;
      }
      expect(wrong / runs).toBeLessThanOrEqual(atMostFive(runs));
    },
  );

  it.each([3, 5, 10].flatMap((blocks) => [0, 3].map((others) => ({ blocks, others }))))(
    'a breadth that comes in steps and truly grows by twice the margin, $blocks deployments beside $others other findings: called equal in at most 5 %',
    ({ blocks, others }) => {
      const random = createRandom(24, blocks, others);
      const drawn = (hurt: number) => Array.from({ length: blocks }, () => 0.1 + (random.next() < hurt ? 0.5 : 0));
      const runs = 3000;
      let wrong = 0;
      for (let run = 0; run < runs; run += 1) {
        const beside = Array.from({ length: others }, (): Comparison => {
          const { baseline, variant } = world(random, noises.normal, blocks, 1.5);
          return { scale: 'ratio', margin: 0.05, better: 'lower', baseline, variant, noise: [] };
        });
        const breadth: Comparison = {
          ...{ scale: 'share', margin: 0.05, better: 'lower', noise: [] },
          ...{ baseline: drawn(0.5), variant: drawn(0.7) },
        };
        if (judgeFamily([...beside, breadth]).at(-1)?.verdict === 'equivalent') wrong += 1;
      }
      expect(wrong / runs).toBeLessThanOrEqual(atMostFive(runs));
    },
  );

  it.each([3, 5, 10])(
    'lost requests of the same fault, %d deployments: a difference is seen in at most 5 %',
    (blocks) => {
      const random = createRandom(21, blocks);
      const draw = () => Math.round(40 * Math.exp(0.5 * normal(random)) * (random.next() < 0.2 ? 0 : 1));
      const runs = 1500;
      let wrong = 0;
      for (let run = 0; run < runs; run += 1) {
        const baseline = Array.from({ length: blocks }, draw);
        const variant = Array.from({ length: blocks }, draw);
        const [judgement] = judgeFamily([{ scale: 'count', margin: 5, better: 'lower', baseline, variant, noise: [] }]);
        if (judgement?.verdict === 'better' || judgement?.verdict === 'worse') wrong += 1;
      }
      expect(wrong / runs).toBeLessThanOrEqual(atMostFive(runs));
    },
  );
});

describe('outages that only some deployments have', () => {
  const requests = 600;
  const drawn = (random: Random, blocks: number, share: number) =>
    Array.from({ length: blocks }, () => (random.next() < share ? 60 : 0));
  const compared = (baseline: number[], variant: number[]): Comparison => ({
    ...{ scale: 'count', margin: 5, better: 'lower', baseline, variant, noise: [] },
    counts: { baseline: countsOf(baseline), variant: countsOf(variant), unit: requests },
  });
  const countsOf = (lost: number[]) => ({
    successes: lost.reduce((sum, one) => sum + one, 0),
    trials: requests * lost.length,
  });
  const settings = [3, 5, 12].flatMap((blocks) => [0.02, 0.1, 0.3, 0.6].map((share) => ({ blocks, share })));

  it.each(settings)(
    '60 of 600 requests in $share of the deployments of one side, $blocks blocks: never called equal or better',
    ({ blocks, share }) => {
      const random = createRandom(25, 'one side', blocks, share * 100);
      const runs = 2000;
      let wrong = 0;
      for (let run = 0; run < runs; run += 1) {
        const [judgement] = judgeFamily([compared(drawn(random, blocks, 0), drawn(random, blocks, share))]);
        if (judgement?.verdict === 'better' || judgement?.verdict === 'equivalent') wrong += 1;
      }
      expect(wrong).toBe(0);
    },
  );

  it.each(settings)(
    'the same in $share of the deployments of both sides, $blocks blocks: a difference is seen in at most 5 %',
    ({ blocks, share }) => {
      const random = createRandom(26, 'both sides', blocks, share * 100);
      const runs = 2000;
      let wrong = 0;
      for (let run = 0; run < runs; run += 1) {
        const [judgement] = judgeFamily([compared(drawn(random, blocks, share), drawn(random, blocks, share))]);
        if (judgement?.verdict === 'better' || judgement?.verdict === 'worse') wrong += 1;
      }
      expect(wrong / runs).toBeLessThanOrEqual(atMostFive(runs));
    },
  );
});

describe('degradation of availability', () => {
  const worlds = [
    { before: 1, after: 1, requests: 200 },
    { before: 0.99, after: 0.9, requests: 200 },
    { before: 0.95, after: 0.5, requests: 60 },
    { before: 0.999, after: 0.05, requests: 100 },
  ];
  it.each(worlds)(
    '$before to $after over $requests requests: the interval covers the truth in at least 93 %',
    ({ before, after, requests }) => {
      const random = createRandom(17, 'degradation', before * 1000, after * 1000);
      const draw = (share: number) => ({
        successes: Array.from({ length: requests }, () => Number(random.next() < share)).reduce((a, b) => a + b, 0),
        trials: requests,
      });
      const truth = Math.max(0, 1 - after / before);
      const runs = 2000;
      let covered = 0;
      for (let run = 0; run < runs; run += 1) {
        const { low, high } = degradation(draw(after), draw(before));
        if (low <= truth && truth <= high) covered += 1;
      }
      expect(covered / runs).toBeGreaterThanOrEqual(0.93);
      // Where the truth lies inside 0 to 1 an interval that is much too wide is as wrong as one that is too narrow.
      if (after < before) expect(covered / runs).toBeLessThanOrEqual(0.975);
    },
  );
});

describe('a change while both sides drift together from block to block', () => {
  const truths = { count: { before: 120, after: 30 }, share: { before: 0.25, after: 0.1 } } as const;
  const settings = (['count', 'share'] as const).flatMap((scale) =>
    [3, 5, 10].flatMap((blocks) => [0, 0.3].map((drift) => ({ scale, blocks, drift }))),
  );

  it.each(settings)(
    '$scale, drift of $drift on the logarithm, $blocks blocks: what is printed holds the change at the level of this run in at least 93 %',
    ({ scale, blocks, drift }) => {
      const random = createRandom(27, scale, blocks, drift * 10);
      const { before, after } = truths[scale];
      const changed = change(scale, before, after) ?? Number.NaN;
      const runs = 3000;
      let covered = 0;
      for (let run = 0; run < runs; run += 1) {
        const levels = Array.from({ length: blocks }, () => before * Math.exp(drift * normal(random)));
        const baseline = levels.map((level) => near(random, scale, level));
        const variant = levels.map((level) => near(random, scale, level + toEffect(scale, changed, level)));
        const [judged] = judgeFamily([{ scale, margin: 0.005, better: 'lower', baseline, variant, noise: [] }]);
        const here = toEffect(scale, changed, centre(scale, baseline) ?? Number.NaN);
        const interval = judged?.interval ?? { low: Number.NaN, high: Number.NaN };
        if (interval.low <= here && here <= interval.high) covered += 1;
      }
      expect(covered / runs).toBeGreaterThanOrEqual(0.93);
      expect(covered / runs).toBeLessThanOrEqual(0.985);
    },
  );

  /** A value that one deployment shows where the truth is `level`: 0.05 apart on the scale, in whole requests for counts. */
  function near(random: Random, scale: 'count' | 'share', level: number): number {
    const value = inverse(scale, (forward(scale, level) ?? 0) + 0.05 * normal(random));
    return scale === 'count' ? Math.round(value) : value;
  }
});
