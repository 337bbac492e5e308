import { describe, expect, it } from 'vitest';
import { createRandom, looksUpTo, type Random } from '../model/index.ts';
import { type Comparison, judgeFamily } from './judge.ts';
import { noiseFloor } from './noise-floor.ts';
import { intervalAt, pairedEffect } from './paired-effect.ts';
import { smallestEffect } from './power.ts';
import { atMostFive, noises, normal, world } from './testing/worlds.ts';

// The proof that the statistics are right: seeded worlds with a known truth, judged by the code that judges real rounds. Seeds are fixed,
// so a failure is a change in the mathematics and never bad luck.

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
      const effect = pairedEffect('ratio', baseline, variant);
      const interval = effect === null ? null : intervalAt(effect, 0.05);
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
      expect(wrong / runs).toBeLessThanOrEqual(atMostFive(runs));
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
      const floor = noiseFloor('ratio', world(random, noises.normal, 5, 1).noise, 5)?.halfWidth ?? Number.NaN;
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

/** Whether a verdict is wrong, given the truth: a direction that is not there, or "no difference that matters" where one is as large as the margin. */
function isWrong(verdict: string, ratio: number, margin: number): boolean {
  switch (verdict) {
    case 'better':
      return ratio >= 1;
    case 'worse':
      return ratio <= 1;
    case 'equivalent':
      return ratio >= 1 + margin || ratio <= 1 / (1 + margin);
    default:
      return false;
  }
}

describe('any false verdict of a family, of any kind', () => {
  const families = {
    'nothing differs': [1, 1],
    'one differs, one does not': [1, 1.5],
    'at the margin exactly': [1.05, 1.05],
    'five at the margin': [1.05, 1 / 1.05, 1.05, 1.05, 1.05],
    'a real 20 % beside nothing': [1.2, 1, 1],
  };
  const settings = (Object.keys(families) as (keyof typeof families)[]).flatMap((truth) =>
    (Object.keys(noises) as (keyof typeof noises)[]).flatMap((name) =>
      [3, 5, 10].map((blocks) => ({ truth, name, blocks })),
    ),
  );
  it.each(settings)(
    '$truth, $name noise, $blocks blocks, with a noise floor: at most 5 %',
    ({ truth, name, blocks }) => {
      const random = createRandom(18, truth, name, blocks);
      const runs = 1200;
      let wrong = 0;
      for (let run = 0; run < runs; run += 1) {
        const ratios = families[truth];
        const family = ratios.map((ratio): Comparison => {
          const { baseline, variant } = world(random, noises[name], blocks, ratio);
          // Learnt on a machine that is as noisy, from enough pairs to gate.
          const { noise } = world(random, noises[name], 8, 1);
          return { scale: 'ratio', margin: 0.05, better: 'lower', baseline, variant, noise };
        });
        const judged = judgeFamily(family);
        if (judged.some(({ verdict }, index) => isWrong(verdict, ratios[index] ?? 1, 0.05))) wrong += 1;
      }
      expect(wrong / runs).toBeLessThanOrEqual(atMostFive(runs));
    },
    30_000,
  );

  it('a true 20 % under a noise floor of half as much again is never called equal', () => {
    const random = createRandom(19, 'floor');
    for (let run = 0; run < 1000; run += 1) {
      const { baseline, variant } = world(random, noises.normal, 5, 1.2);
      const { noise } = world(random, (source) => 0.5 * normal(source), 8, 1);
      const [judgement] = judgeFamily([{ scale: 'ratio', margin: 0.05, better: 'lower', baseline, variant, noise }]);
      expect(judgement?.verdict).not.toBe('equivalent');
    }
  });
});

describe('a run that stops when it knows', () => {
  const plan = looksUpTo(12);
  const truths = {
    'nothing differs': [1, 1],
    'one differs by half, one does not': [1.5, 1],
    'both at the margin exactly': [1.05, 1 / 1.05],
    'a fifth beside a tenth': [1.2, 1.1],
  };

  /** What the look says at which the run ended: the first that decides all, or the last. */
  function outcome(random: Random, noise: (random: Random) => number, ratios: readonly number[], missing = 0) {
    const worlds = ratios.map((ratio) => {
      const { baseline, variant } = world(random, noise, 12, ratio);
      // In few blocks only: every pattern has levels of its own, and there are thousands.
      const lost = new Set([1, 5].filter(() => random.next() < missing));
      return { baseline, variant: variant.map((value, block) => (lost.has(block) ? null : value)) };
    });
    for (const [index, { blocks }] of plan.entries()) {
      const family = worlds.map(({ baseline, variant }): Comparison => ({
        ...{ scale: 'ratio', margin: 0.05, better: 'lower', noise: [] },
        ...{ baseline: baseline.slice(0, blocks), variant: variant.slice(0, blocks) },
      }));
      const judged = judgeFamily(family, { looks: plan.slice(0, index + 1) });
      if (index === plan.length - 1 || judged.every(({ verdict }) => verdict !== 'inconclusive'))
        return { judged, blocks };
    }
    throw new Error('the last look ends the run');
  }

  const settings = (Object.keys(truths) as (keyof typeof truths)[]).flatMap((truth) =>
    (Object.keys(noises) as (keyof typeof noises)[]).map((name) => ({ truth, name })),
  );
  const withMissing = [0, 0.5].flatMap((missing) => settings.map((one) => ({ ...one, missing })));
  it.each(withMissing)(
    '$truth, $name noise, a value missing in $missing of two blocks: any false verdict in at most 5 %, and the printed intervals cover in at least 93 %',
    ({ truth, name, missing }) => {
      const random = createRandom(22, truth, name, missing * 10);
      const [runs, ratios] = [800, truths[truth]];
      let [wrong, covered] = [0, 0];
      for (let run = 0; run < runs; run += 1) {
        const { judged } = outcome(random, noises[name], ratios, missing);
        if (judged.some(({ verdict }, index) => isWrong(verdict, ratios[index] ?? 1, 0.05))) wrong += 1;
        const holds = judged.every(({ interval }, index) => {
          const ratio = ratios[index] ?? 1;
          return interval === null ? missing > 0 : interval.low <= ratio && ratio <= interval.high;
        });
        if (holds) covered += 1;
      }
      expect(wrong / runs).toBeLessThanOrEqual(atMostFive(runs));
      expect(covered / runs).toBeGreaterThanOrEqual(0.93);
    },
    60_000,
  );

  it('decides a 3-fold change after three blocks nearly always, and a small one only after more', () => {
    const random = createRandom(23, 'stops');
    const noise = (source: Random) => 0.06 * normal(source);
    const early = Array.from({ length: 300 }, () => outcome(random, noise, [3]).blocks);
    expect(early.filter((blocks) => blocks === 3).length / early.length).toBeGreaterThan(0.95);
    const late = Array.from({ length: 300 }, () => outcome(random, noise, [1.12]));
    expect(late.filter(({ judged }) => judged[0]?.verdict === 'worse').length / late.length).toBeGreaterThan(0.8);
    expect(Math.min(...late.map(({ blocks }) => blocks))).toBe(3);
    expect(late.reduce((sum, { blocks }) => sum + blocks, 0) / late.length).toBeGreaterThan(4);
  });
});
