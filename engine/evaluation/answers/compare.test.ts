import { describe, expect, it } from 'vitest';
import { swappedResult } from '../../../report/testing/index.ts';
import type { Result, Round } from '../../model/index.ts';
import { computeFindings } from '../index.ts';
import { compareAnswers } from './index.ts';

/** With other answers in those rounds, in questions from the first to that number. */
function answering(result: Result, other: (round: Round) => string | null, most = 1000): Result {
  const rounds = result.rounds.map((round): Round => {
    const mark = other(round);
    if (mark === null || round.answers == null) return round;
    const digests = round.answers.digests.map((digest, index) =>
      index < most ? `${mark}${digest?.slice(1)}` : digest,
    );
    return { ...round, answers: { ...round.answers, digests } };
  });
  return { ...result, rounds };
}

/** Each block has data of its own, as blocks have, and so answers of its own. */
const result = swappedResult();
const blocks = new Set(result.rounds.map(({ block }) => block));
const ofBlocks = answering(
  { ...result, rounds: result.rounds.map((round) => ({ ...round, seed: 1000 + round.block })) },
  ({ block }) => `${block}`,
);
const counted = (of: Result): (number | null)[] =>
  computeFindings(of).flatMap(({ metric, variant }) => (metric === 'other-answers' ? [variant.value] : []));

describe('answers of deployments', () => {
  it('are held against those with the same data, which change from block to block', () => {
    expect(blocks.size).toBeGreaterThan(1);
    for (const { verdict, other, unsteady } of compareAnswers(ofBlocks.experiment, ofBlocks.rounds))
      expect([verdict, other, unsteady]).toEqual(['same', 0, 0]);
    expect(new Set(counted(ofBlocks))).toEqual(new Set([0]));
  });

  it('are other ones where a block has them', () => {
    const go = answering(ofBlocks, ({ variant, block }) => (variant === 'go' && block === 1 ? 'f' : null), 3);
    const [, compared, python] = compareAnswers(go.experiment, go.rounds);
    expect(compared).toMatchObject({ verdict: 'other', other: 3, unsteady: 0, first: { number: 1 } });
    expect(python).toMatchObject({ verdict: 'same', other: 0 });
  });

  it('that the baseline never gave with these data are held against nothing', () => {
    const rounds = ofBlocks.rounds.map((round) => (round.variant === 'go' ? { ...round, seed: 5 } : round));
    expect(compareAnswers(ofBlocks.experiment, rounds)[1]).toMatchObject({ verdict: 'not-comparable', first: null });
  });
});
