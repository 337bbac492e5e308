import { expect, test } from 'vitest';
import { standardResult } from '../testing/index.ts';
import { protocol } from './method.tsx';

test('says whether every warm-up ended steady, and how many did not', () => {
  const result = standardResult();
  expect(protocol(result)).toContain('Every round had reached a steady state before it was measured.');
  let cold = 2;
  const rounds = result.rounds.map((round) =>
    round.warmUp === null || (cold -= 1) < 0 ? round : { ...round, warmUp: { ...round.warmUp, steady: false } },
  );
  expect(protocol({ ...result, rounds }).join('\n')).toMatch(/\b2 of \d+ rounds had not reached a steady state/);
});
