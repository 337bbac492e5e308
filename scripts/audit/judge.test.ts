import { describe, expect, it } from 'vitest';
import { createRandom, looksUpTo, type Random } from '../../engine/model/index.ts';
import { boundsSupport, censoredPairs, centre, judgeFamily, type Scale } from '../../engine/statistics/index.ts';
import { judge } from './judge.ts';

const scales = { ratio: [0.05, 100], difference: [500, 8000], share: [0.05, 1], count: [5, 100] } as const;

/** Values as they are seen: all alike, two of them, rarely anything, nearly alike, anything. */
const styles: readonly ((random: Random, most: number) => number)[] = [
  (_, most) => most / 2,
  (random, most) => (random.next() < 0.5 ? most : most / 4),
  (random, most) => (random.next() < 0.8 ? 0 : most * random.next()),
  (random, most) => most * (0.99 + 0.01 * random.next()),
  (random, most) => most * random.next(),
];

function fitted(scale: Scale, value: number): number {
  switch (scale) {
    case 'ratio':
      return Math.max(1e-6, value);
    case 'share':
      return Math.min(1, value);
    case 'count':
      return Math.round(value);
    case 'difference':
      return value;
    default:
      return scale satisfies never;
  }
}

const chosen = <T>(random: Random, list: readonly T[]): T => {
  const one = list[Math.floor(random.next() * list.length)];
  if (one === undefined) throw new Error('nothing to choose from');
  return one;
};

/** One finding, as each side wants it. */
function comparison(random: Random, blocks: number, missing = 0) {
  const scale = chosen(random, ['ratio', 'difference', 'share', 'count'] as const);
  const [margin, most] = scales[scale];
  const style = chosen(random, styles);
  const [shift, bounded] = [chosen(random, [1, 1, 1.02, 2, 0.3]), chosen(random, [0, 0, 0, 0.4])];
  const side = (factor: number) =>
    Array.from({ length: blocks }, () => ({
      value: fitted(scale, factor * fitted(scale, style(random, most))),
      censored: random.next() < bounded,
    }));
  const [before, after] = [side(1), side(shift)];
  const lost = before.map(() => random.next() < missing);
  const kept = (values: typeof before) => values.map((value, block) => (lost[block] === true ? null : value));
  const pairs = censoredPairs(kept(before), kept(after));
  const one = () => fitted(scale, style(random, most));
  const noise = Array.from({ length: chosen(random, [0, 0, 3, 9]) }, () => ({ first: one(), second: one() }));
  const trials = 400;
  const total = (values: typeof before) =>
    Math.min(
      trials * blocks,
      Math.round(values.reduce((sum, { value }) => sum + value, 0) * (scale === 'share' ? trials : 1)),
    );
  const counts =
    bounded === 0 && (scale === 'share' || scale === 'count') && random.next() < 0.6
      ? {
          baseline: { successes: total(before), trials: trials * blocks },
          variant: { successes: total(after), trials: trials * blocks },
          unit: scale === 'share' ? 1 : trials,
        }
      : null;
  const step = scale === 'difference' && random.next() < 0.5 ? 250 : undefined;
  const better = chosen(random, ['lower', 'higher'] as const);
  const constant = scale === 'ratio' && random.next() < 0.1 ? ({ constant: true } as const) : {};
  const baselineValue =
    centre(
      scale,
      before.map(({ value }) => value),
    ) ?? 0;
  return {
    pairs,
    product: {
      ...{ scale, margin, better, noise, counts, baselineCentre: baselineValue, ...constant },
      ...{ baseline: pairs.baseline, variant: pairs.variant, ...(step !== undefined && { resolution: step }) },
    },
    audit: {
      definition: { question: 'any', scale, margin, better, ...constant },
      pairs: pairs.baseline.flatMap((value, block) => {
        const [first, second, other] = [before[block], after[block], pairs.variant[block] ?? null];
        return value === null || other === null
          ? []
          : [
              {
                ...{ block, baseline: value, variant: other },
                ...{ baselineAtLeast: first?.censored === true, variantAtLeast: second?.censored === true },
              },
            ];
      }),
      ...{ baselineValue, noise, counts, step, unsound: false },
    },
  };
}

describe('the audit judges as the product does', () => {
  it.each([1, 2, 3, 4, 6, 8])('%d blocks, of every scale, kind of noise, bounds and noise floors', (blocks) => {
    const random = createRandom(31, 'judges', blocks);
    for (let run = 0; run < 400; run += 1) {
      const family = Array.from({ length: 1 + (run % 4) }, () => comparison(random, blocks));
      const product = judgeFamily(family.map((one) => one.product));
      const audited = judge(family.map((one) => one.audit));
      for (const [index, { pairs }] of family.entries()) {
        const [one, other] = [product[index], audited[index]];
        const change = one?.effect?.mean ?? 0;
        const direction = one?.verdict === 'equivalent' ? 'same' : change > 0 ? 'rise' : 'fall';
        const stands = one?.verdict === 'inconclusive' || boundsSupport(pairs, direction);
        const verdict = stands ? one?.verdict : 'inconclusive';
        expect([other?.method, other?.verdict]).toEqual([one?.method, verdict]);
        expect(other?.level ?? 0).toBeCloseTo(one?.level ?? 0, 9);
        expect(other?.effect ?? 0).toBeCloseTo(one?.value ?? 0, 6);
        expect(other?.otherDeployments ?? 0).toBeCloseTo(one?.otherDeployments ?? 0, 9);
      }
    }
  });

  const plans = {
    'half at the third': looksUpTo(12),
    'nothing at the last': [
      { blocks: 3, alphaSpent: 0.04 },
      { blocks: 4, alphaSpent: 0.04 },
      { blocks: 6, alphaSpent: 0.04 },
    ],
  };
  const settings = [3, 4, 6].flatMap((blocks) =>
    Object.entries(plans).flatMap(([name, plan]) => [0.3, 0.8].map((missing) => ({ blocks, name, plan, missing }))),
  );

  it.each(settings)('$blocks blocks with looks, $name, values missing in $missing', ({ blocks, plan, missing }) => {
    const random = createRandom(32, 'looks', blocks);
    const looks = plan.filter((look) => look.blocks <= blocks);
    for (let run = 0; run < 60; run += 1) {
      const family = Array.from({ length: 1 + (run % 3) }, () =>
        comparison(random, blocks, run % 2 === 0 ? 0 : missing),
      );
      const product = judgeFamily(
        family.map((one) => one.product),
        { looks },
      );
      const audited = judge(
        family.map((one) => one.audit),
        looks,
      );
      for (const [index, { pairs }] of family.entries()) {
        const [one, other] = [product[index], audited[index]];
        const direction = one?.verdict === 'equivalent' ? 'same' : (one?.effect?.mean ?? 0) > 0 ? 'rise' : 'fall';
        const stands = one?.verdict === 'inconclusive' || boundsSupport(pairs, direction);
        expect([other?.method, other?.verdict]).toEqual([one?.method, stands ? one?.verdict : 'inconclusive']);
        expect((other?.level ?? 1) / (one?.level ?? 1)).toBeCloseTo(1, 2);
      }
    }
  });
});
