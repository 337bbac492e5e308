import { expect, test } from 'vitest';
import type { LoadWindow } from '../../engine/model/index.ts';
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

test('says times of the protocol as they were, not rounded to whole seconds', () => {
  const result = standardResult();
  const { experiment } = result;
  const [round] = result.rounds;
  if (round === undefined) throw new Error('the example has no round');
  const windows = { lengthMs: 1500, leadInMs: 500, leadInRequests: 40 };
  const turned = {
    ...result,
    experiment: {
      ...experiment,
      warmUp: { ...experiment.warmUp, minMs: 1500, maxMs: 2500 },
      probes: { ...experiment.probes, latency: { ...experiment.probes.latency, durationMs: 6000, windows } },
    },
    rounds: [{ ...round, windows: round.latency === null ? [] : [windowOf(round.latency)] }],
  };
  const said = protocol(turned).join('\n').replaceAll('\u00a0', ' ');
  expect(said).toContain('a warm-up of 1.50 s to 2.50 s');
  expect(said).toContain('in 4 windows of 1.50 s each');
  expect(said).toContain('the first 500 ms of a turn was not counted');
});

function windowOf(load: LoadWindow['load']): LoadWindow {
  return {
    ...{ index: 2, pair: 0, startedAtMs: 0, lengthMs: 1500, leadInMs: 500, leadInRequests: 40, parkedMs: 0 },
    ...{ withheldMs: 0, cpuSeconds: {}, load },
  };
}
