import { expect, it } from 'vitest';
import { endOf, problemsOf } from './judge.ts';
import { tableOf } from './table.ts';
import type { Trial } from './trial.ts';

const fault = { call: { method: 'POST', route: '/build', phase: 'building' }, failure: 'hang', times: 'once' } as const;
const well: Trial = {
  ...{ fault, done: 1, code: 0, stderr: '', text: '', calls: [] },
  ...{ tookMs: 15_000, stillMs: 2000, lastMs: 100, left: [], stayed: [] },
};
const failed: Trial = { ...well, code: 1, stderr: 'cleave: The engine does not answer.\n' };

it.each<[string, Trial, string[]]>([
  ['one that completes', well, []],
  ['one that fails in a sentence', failed, []],
  ['one whose things its reaper took', { ...failed, left: ['volume x'] }, []],
  ['one that was ended by a signal', { ...failed, code: 137 }, ['exit code 137']],
  [
    'one that completes and complains',
    { ...failed, code: 0 },
    ['completed, and yet: cleave: The engine does not answer.'],
  ],
  ['one that fails in silence', { ...failed, stderr: '' }, ['failed without one clear sentence: ']],
  [
    'one that shows its insides',
    { ...failed, stderr: 'cleave: x\n    at y\n' },
    ['failed without one clear sentence: cleave: x\n    at y'],
  ],
  ['one that stands still', { ...well, stillMs: 60_000 }, ['nothing moved for 60.0 s']],
  ['one that takes for ever', { ...well, tookMs: 200_000 }, ['took 200.0 s']],
  ['one that is not gone', { ...well, lastMs: 6000 }, ['ended 6.0 s after its last word']],
  ['one that leaves something', { ...well, stayed: ['network y'] }, ['never removed: network y']],
])('judges %s', (_, trial, problems) => {
  expect(problemsOf(trial)).toEqual(problems);
});

it('counts how runs ended', () => {
  expect([well, failed, { ...well, done: 0 }, { ...well, code: null }].map(endOf)).toEqual([
    'completed',
    'failed',
    'not asked',
    'ended wrongly',
  ]);
  expect(
    tableOf([well, failed, { ...well, stillMs: 60_000 }])
      .split('\n')
      .at(-1),
  ).toBe('| POST /build |  |  |  | 2 completed, 1 failed, 1 WRONG |  |  |  |');
});
