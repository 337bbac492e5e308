import { expect, test } from 'vitest';
import { makeLoad, makeResult, seededRandom, shapeOf } from '../../report/testing/index.ts';
import type { Result } from '../model/index.ts';
import { sensitivityToWithheld } from './withheld.ts';

const apart = makeResult({ blocks: 3, requests: 400, faults: [], everything: false });

/** Windows of a machine that withholds more from whoever is not the baseline, and in which ln p50 grows by `slope` with the share withheld. */
function withheldFrom(slope: number): Result {
  const random = seededRandom(7);
  const rounds = apart.rounds.map((round) => ({
    ...round,
    windows: [0, 1, 2, 3].map((pair) => {
      const isBaseline = round.variant === apart.experiment.variants[0]?.name;
      const share = (isBaseline ? 0 : 0.1) + 0.05 * pair;
      const { hopMs } = shapeOf(isBaseline ? 'monolith' : 'microservices');
      return {
        ...{ index: 2 * pair, pair, startedAtMs: 1000 * pair, lengthMs: 2000, leadInMs: 500, leadInRequests: 40 },
        ...{ parkedMs: 2600, withheldMs: 2000 * share, cpuSeconds: {} },
        load: makeLoad(random, 20_000, hopMs, Math.exp(slope * share), 0),
      };
    }),
  }));
  return { ...apart, rounds };
}

test('what was withheld is found in the medians, and taken out of their ratio', () => {
  const found = sensitivityToWithheld(withheldFrom(2));
  expect(found?.slope.slope).toBeGreaterThan(1.5);
  expect(found?.slope.slope).toBeLessThan(2.5);
  const [one] = found?.ratios ?? [];
  // The variant was withheld a tenth of the CPU more than the baseline.
  expect(one!.evened / one!.measured).toBeCloseTo(Math.exp(-(found?.slope.slope ?? 0) * 0.1), 9);
});

test('nothing is said without windows in turn, and of machines that withheld nothing', () => {
  expect(sensitivityToWithheld(apart)).toBeNull();
  const quiet = withheldFrom(2);
  const rounds = quiet.rounds.map((round) => ({
    ...round,
    windows: round.windows.map((one) => ({ ...one, withheldMs: 0 })),
  }));
  expect(sensitivityToWithheld({ ...quiet, rounds })).toBeNull();
});
