import { describe, expect, it } from 'vitest';
import { makeResult, type ResultOptions } from '../../report/testing/index.ts';
import type { Finding, Round } from '../model/index.ts';
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
