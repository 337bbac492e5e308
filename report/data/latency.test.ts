import { expect, test } from 'vitest';
import { mergeTimes } from '../histogram.ts';
import { makeHistogram, makeResult, seededRandom } from '../testing/index.ts';
import { overallLoad, percentileCurve, quantile } from './latency.ts';

const times = mergeTimes([makeHistogram(seededRandom(3), 1000, 5)]);

test('too few samples give no figure, many failures a lower bound', () => {
  expect(quantile(times, 0.999, 0).ms).toBeNull();
  expect(quantile(times, 0.95, 0.06).atLeast).toBe(true);
  expect(quantile(times, 0.95, 0.04).atLeast).toBe(false);
  expect(quantile(null, 0.5, 0).ms).toBeNull();
});

test('a percentile curve never falls and ends where samples end', () => {
  const curve = percentileCurve(times!);
  expect(curve.every((point, index) => index === 0 || point.ms >= curve[index - 1]!.ms)).toBe(true);
  expect(curve.at(-1)!.q).toBeLessThanOrEqual(0.99);
});

test('only rounds that count are merged', () => {
  const result = makeResult({ blocks: 2, replica: true, trouble: true, requests: 200, faults: [] });
  const [monolith] = overallLoad(result);
  const scheduled = (load: NonNullable<(typeof result.rounds)[number]['latency']>): number =>
    Object.values(load.endpoints).reduce((sum, endpoint) => sum + endpoint.scheduled, 0);
  const counting = result.rounds.filter(
    (round) => round.variant === 'monolith' && round.status === 'completed' && !round.replica,
  );
  expect(monolith?.scheduled).toBe(
    counting.reduce((sum, round) => sum + (round.latency === null ? 0 : scheduled(round.latency)), 0),
  );
  expect(result.rounds.filter((round) => round.variant === 'monolith').length).toBeGreaterThan(counting.length);
});
