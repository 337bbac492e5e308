import { describe, expect, it } from 'vitest';
import { makeResult, type ResultOptions } from '../../report/testing/index.ts';
import { createRandom, minimumBlocks, type Finding, type Round } from '../model/index.ts';
import { computeFindings } from './compute.ts';

/** The findings of a result without some of its rounds. */
function findingsWithout(options: ResultOptions, isLost: (round: Round) => boolean): Finding[] {
  const result = makeResult({ everything: false, requests: 300, ...options });
  const rounds = result.rounds.map((round) => (isLost(round) ? { ...round, status: 'failed' as const } : round));
  return computeFindings({ ...result, rounds });
}

const ratios = (findings: readonly Finding[]) =>
  findings.flatMap(({ effect, baseline, variant, id }) =>
    effect?.kind === 'ratio' && baseline.value !== null && variant.value !== null
      ? [{ id, effect: effect.value, of: variant.value / baseline.value }]
      : [],
  );

describe('averages and effects', () => {
  it.each<[string, ResultOptions, (round: Round) => boolean]>([
    ['all is there', { blocks: 3 }, () => false],
    ['a round of a side is lost', { blocks: 4 }, ({ block, variant }) => block === 1 && variant === 'microservices'],
    [
      'a variant is compared with itself and lost its second copy once',
      { variants: ['monolith'], replica: true, blocks: 4 },
      ({ block, replica }) => block === 2 && replica,
    ],
    [
      'three variants have no block in common, but two of them have',
      { variants: ['monolith', 'microservices', 'macroservices'], blocks: 3 },
      ({ block, variant }) => ['microservices', 'macroservices', 'monolith'][block] === variant,
    ],
  ])('are of the same blocks where %s', (_, options, isLost) => {
    const all = ratios(findingsWithout(options, isLost));
    expect(all.length).toBeGreaterThan(3);
    for (const { id, effect, of } of all) expect([id, effect / of]).toEqual([id, expect.closeTo(1, 9)]);
  });

  it('say so where a block was left out', () => {
    const [first] = findingsWithout(
      { variants: ['monolith'], replica: true, blocks: 4 },
      ({ block, replica }) => block === 2 && replica,
    );
    expect(first?.sentence).toContain('1 block left out because a variant has no value there');
  });
});

describe('blocks that were judged', () => {
  const shapes = ['monolith', 'microservices', 'macroservices'] as const;
  const whole = makeResult({ everything: false, requests: 300, faults: [], variants: [...shapes], blocks: 6 });

  /** The blocks that each finding of p50 is of after so many blocks, by pair; `lost`: what gave nothing. */
  function judged(blocks: number, lost: ReadonlySet<string>): Map<string, number[]> {
    const rounds = whole.rounds
      .filter(({ block }) => block < blocks)
      .map((round) => (lost.has(`${round.variant} ${round.block}`) ? { ...round, status: 'failed' as const } : round));
    const findings = computeFindings({ ...whole, rounds, order: whole.order.slice(0, blocks) });
    return new Map(
      findings.flatMap(({ id, metric, scope, baseline, variant }) =>
        metric !== 'response-p50' || scope.endpoint !== undefined
          ? []
          : [
              [
                id,
                [...baseline.blocks.keys()].filter((at) => [baseline, variant].every((one) => one.blocks[at] != null)),
              ],
            ],
      ),
    );
  }

  it('are not taken away from two variants by a third that has its first value later', () => {
    const late = new Set([0, 1, 2].map((block) => `macroservices ${block}`));
    const [first, second] = ['microservices/response-p50', 'macroservices/response-p50'];
    expect(judged(3, late).get(first)).toEqual([0, 1, 2]);
    expect(judged(6, late).get(first)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(judged(6, late).get(second)).toEqual([3, 4, 5]);
  });

  it('stay, whatever is missing in later ones', () => {
    const random = createRandom(5, 'blocks that were judged');
    let compared = 0;
    for (let run = 0; run < 24; run += 1) {
      // One begins badly, as where a fault cannot be done until the machine is quiet.
      const bad = shapes[run % 3] ?? 'monolith';
      const rate = (shape: string, block: number) => (shape === bad && block < 3 ? 0.8 : 0.15);
      const lost = new Set(
        shapes.flatMap((shape) =>
          Array.from({ length: 6 }, (_, block) => block).flatMap((block) =>
            random.next() < rate(shape, block) ? [`${shape} ${block}`] : [],
          ),
        ),
      );
      const after = [3, 4, 5, 6].map((blocks) => ({ blocks, seen: judged(blocks, lost) }));
      for (const [at, { blocks, seen }] of after.entries())
        for (const [id, before] of seen) {
          const later = after[at + 1]?.seen.get(id)?.filter((block) => block < blocks);
          if (later === undefined || before.length < minimumBlocks) continue;
          compared += 1;
          expect([id, [...lost], later]).toEqual([id, [...lost], before]);
        }
    }
    expect(compared).toBeGreaterThan(20);
  });
});
