import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../model/index.ts';
import { type Comparison, judgeFamily } from './judge.ts';
import { noiseFloor } from './noise-floor.ts';
import { pairedEffect } from './paired-effect.ts';
import { smallestEffect } from './power.ts';
import { degradation } from './proportion.ts';

// The proof that the statistics are right: seeded worlds with a known truth, judged by the code that judges real rounds. Seeds are fixed,
// so a failure is a change in the mathematics and never bad luck.

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

function studentNoise(random: Random, degreesOfFreedom: number): number {
  let squares = 0;
  for (let index = 0; index < degreesOfFreedom; index += 1) squares += normal(random) ** 2;
  return normal(random) / Math.sqrt(squares / degreesOfFreedom);
}

/** What disturbs the logarithm of one measured value, beside the drift that both sides of a block share. */
const noises = {
  normal: (random: Random) => 0.045 * normal(random),
  // A value whose disturbance is itself log-normal: rarely much slower, never much faster.
  'log-normal': (random: Random) => Math.log(1 + 0.05 * Math.exp(0.8 * normal(random))),
  'heavy-tailed': (random: Random) => 0.03 * studentNoise(random, 3),
} as const;

/** One value a block for each side; `ratio` is the truth. Blocks drift with tails so heavy that they have no variance. */
function world(random: Random, noise: (random: Random) => number, blocks: number, ratio: number) {
  const baseline: number[] = [];
  const variant: number[] = [];
  const replica: number[] = [];
  for (let block = 0; block < blocks; block += 1) {
    const drift = 10 * Math.exp(0.2 * studentNoise(random, 2));
    baseline.push(drift * Math.exp(noise(random)));
    variant.push(drift * ratio * Math.exp(noise(random)));
    replica.push(drift * Math.exp(noise(random)));
  }
  return { baseline, variant, noise: baseline.map((first, block) => ({ first, second: replica[block] ?? null })) };
}

const cases = Object.keys(noises).flatMap((name) =>
  [3, 5, 10].map((blocks) => ({ name: name as keyof typeof noises, blocks })),
);

describe('coverage of the 95 % interval', () => {
  it.each(cases)('$name noise, $blocks blocks: at least 93 %, and no wider than needed', ({ name, blocks }) => {
    const random = createRandom(11, 'coverage', name, blocks);
    const runs = 4000;
    let covered = 0;
    for (let run = 0; run < runs; run += 1) {
      const { baseline, variant } = world(random, noises[name], blocks, 1.1);
      const interval = pairedEffect('ratio', baseline, variant)?.interval;
      if (interval && interval.low <= Math.log(1.1) && Math.log(1.1) <= interval.high) covered += 1;
    }
    expect(covered / runs).toBeGreaterThanOrEqual(0.93);
    expect(covered / runs).toBeLessThanOrEqual(0.985);
  });
});

describe('A/A', () => {
  const runs = 1500;
  it.each(cases.flatMap((one) => [true, false].map((floor) => ({ name: one.name, blocks: one.blocks, floor }))))(
    '$name noise, $blocks blocks, 20 findings, noise floor $floor: any better or worse in at most 5 % of experiments',
    ({ name, blocks, floor }) => {
      const random = createRandom(12, 'aa', name, blocks, String(floor));
      let wrong = 0;
      for (let run = 0; run < runs; run += 1) {
        const family = Array.from({ length: 20 }, (): Comparison => {
          const { baseline, variant, noise } = world(random, noises[name], blocks, 1);
          return { scale: 'ratio', margin: 0.05, better: 'lower', baseline, variant, noise: floor ? noise : [] };
        });
        if (judgeFamily(family).some(({ verdict }) => verdict === 'better' || verdict === 'worse')) wrong += 1;
      }
      expect(wrong / runs).toBeLessThanOrEqual(0.05);
    },
    30_000,
  );

  it('the noise floor holds 95 % of the effects of nothing', () => {
    const random = createRandom(13, 'floor');
    const runs = 4000;
    let inside = 0;
    for (let run = 0; run < runs; run += 1) {
      const { baseline, variant } = world(random, noises.normal, 5, 1);
      // A second, independent world for the A/A pairs: the band predicts effects it has not seen.
      const floor = noiseFloor('ratio', world(random, noises.normal, 5, 1).noise, 5) ?? Number.NaN;
      if (Math.abs(pairedEffect('ratio', baseline, variant)?.mean ?? Infinity) <= floor) inside += 1;
    }
    expect(inside / runs).toBeGreaterThanOrEqual(0.94);
    expect(inside / runs).toBeLessThanOrEqual(0.96);
  });
});

describe('power', () => {
  const settings = [
    { blocks: 5, others: 0, spread: 0.045 },
    { blocks: 10, others: 9, spread: 0.045 },
    { blocks: 20, others: 9, spread: 0.1 },
  ];
  it.each(settings)(
    'a true 10 % effect, spread $spread, $blocks blocks beside $others findings of nothing: found in at least 80 %',
    ({ blocks, others, spread }) => {
      const random = createRandom(14, 'power', blocks);
      // The spread is that of the change, which has the noise of both sides.
      const noise = (source: Random) => (spread / Math.SQRT2) * normal(source);
      const runs = 1000;
      let found = 0;
      for (let run = 0; run < runs; run += 1) {
        const family = Array.from({ length: others + 1 }, (_, index): Comparison => {
          const { baseline, variant, noise: pairs } = world(random, noise, blocks, index === 0 ? 1.1 : 1);
          return { scale: 'ratio', margin: 0.05, better: 'lower', baseline, variant, noise: pairs };
        });
        if (judgeFamily(family)[0]?.verdict === 'worse') found += 1;
      }
      expect(found / runs).toBeGreaterThanOrEqual(0.8);
    },
  );

  it('the smallest effect found with 80 % power is found with 80 % power', () => {
    const random = createRandom(15, 'smallest');
    const runs = 4000;
    for (const blocks of [6, 10, 20]) {
      const truth = smallestEffect(blocks, 0.1);
      let found = 0;
      for (let run = 0; run < runs; run += 1) {
        const changes = Array.from({ length: blocks }, () => truth + 0.1 * normal(random));
        if (
          (pairedEffect(
            'difference',
            changes.map(() => 0),
            changes,
          )?.pValue ?? 1) < 0.05
        )
          found += 1;
      }
      expect(Math.abs(found / runs - 0.8)).toBeLessThan(0.03);
    }
  });
});

describe('equivalence', () => {
  it.each([3, 5, 10])(
    'a change exactly as large as the margin, %d blocks: called equivalent in at most 3 %',
    (blocks) => {
      const random = createRandom(16, 'equivalence', blocks);
      const runs = 4000;
      let called = 0;
      for (let run = 0; run < runs; run += 1) {
        const { baseline, variant } = world(random, (source) => 0.01 * normal(source), blocks, 1.05);
        if (
          judgeFamily([{ scale: 'ratio', margin: 0.05, better: 'lower', baseline, variant, noise: [] }])[0]?.verdict ===
          'equivalent'
        )
          called += 1;
      }
      expect(called / runs).toBeLessThanOrEqual(0.03);
      expect(called / runs).toBeGreaterThan(0.015);
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
