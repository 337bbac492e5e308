import { describe, expect, it } from 'vitest';
import type { Result } from '../../engine/model/index.ts';
import { makeResult } from '../testing/index.ts';
import { blocksText } from './blocks.ts';
import { trustIn } from './trust.ts';

/** Cut off in the middle of its last block. */
function cutOff(blocks: number, planned: number): Result {
  const result = makeResult({ blocks, everything: false, requests: 300 });
  const last = result.rounds.at(-1);
  return {
    ...result,
    status: 'cancelled',
    experiment: { ...result.experiment, blocks: planned },
    // A run that is judged once keeps the order of all its blocks.
    order: Array.from({ length: planned }, (_, block) => result.order[block % result.order.length] ?? []),
    rounds: result.rounds.map((round) => (round === last ? { ...round, status: 'cancelled' } : round)),
  };
}

describe('how many blocks a result is of', () => {
  it('is those that were finished, not those that were begun or planned', () => {
    expect(blocksText(makeResult({ blocks: 2, everything: false, requests: 300 }))).toBe('2 blocks');
    expect(blocksText(cutOff(3, 5))).toBe('2 blocks of at most 5');
    expect(blocksText(cutOff(2, 2))).toBe('1 block of at most 2');
    expect(blocksText({ ...cutOff(1, 2), rounds: [] })).toBe('0 blocks of at most 2');
  });

  it('is the same in what is said of how far it can be trusted', () => {
    const { facts } = trustIn(cutOff(3, 5));
    expect(facts).toContain('the run was cancelled after 2 blocks');
    expect(facts[0]).toMatch(/^2 deployments of each/);
  });

  it('counts a second copy as the other side where a variant is compared with itself', () => {
    const result = makeResult({ variants: ['monolith'], replica: true, blocks: 3, everything: false, requests: 300 });
    const rounds = result.rounds.map((round) =>
      round.replica && round.block === 1 ? { ...round, status: 'failed' as const } : round,
    );
    expect(trustIn(result).facts[0]).toBe('3 deployments of each');
    expect(trustIn({ ...result, rounds }).facts[0]).toMatch(/^2 deployments of each/);
  });
});
