import { expect, test } from 'vitest';
import { makeResult } from '../../testing/index.ts';
import { loadByEndpoint, overallLoad, percentileCurve } from './data.ts';

const result = makeResult({ blocks: 3, requests: 400, faults: [], everything: false });

test('a percentile is the average over the rounds that findings have, and needs enough requests in a round', () => {
  const [monolith] = overallLoad(result);
  const side = (metric: string) => result.findings.find((finding) => finding.metric === metric)?.baseline.value;
  const shown = new Map(monolith?.quantiles.map(({ metric, ms }) => [metric, ms]));
  for (const metric of ['response-p50', 'response-p90', 'response-p95'])
    expect(shown.get(metric)).toBeCloseTo(side(metric) ?? Number.NaN, 9);
  expect(shown.get('response-p99')).toBeNull();
});

test('p95 of an endpoint is shown from 200 requests of a round on', () => {
  const p95 = (requests: number) =>
    loadByEndpoint(makeResult({ blocks: 1, requests, faults: [], everything: false }))
      .find(({ endpoint }) => endpoint === 'product')
      ?.summaries[0]?.quantiles.find(({ q }) => q === 0.95)?.ms;
  // 24 % of the requests go there.
  expect(p95(820)).toBeNull();
  expect(p95(850)).toBeGreaterThan(0);
});

test('a percentile curve never falls, ends where requests end, and passes through the figures of the table', () => {
  const [monolith] = overallLoad(result);
  const curve = percentileCurve(monolith!);
  expect(curve.every((point, index) => index === 0 || point.ms >= curve[index - 1]!.ms)).toBe(true);
  expect(curve.at(-1)!.q).toBeLessThanOrEqual(0.976);
  const p90 = monolith?.quantiles.find(({ q }) => q === 0.9)?.ms ?? Number.NaN;
  expect(curve.findLast(({ q }) => q <= 0.9)!.ms).toBeLessThanOrEqual(p90);
  expect(curve.find(({ q }) => q >= 0.9)!.ms).toBeGreaterThanOrEqual(p90);
});

test('only rounds that count are merged', () => {
  const result = makeResult({ blocks: 2, replica: true, trouble: true, requests: 200, faults: [] });
  const [monolith] = overallLoad(result);
  const scheduled = (load: NonNullable<(typeof result.rounds)[number]['latency']>): number =>
    Object.values(load.endpoints).reduce((sum, endpoint) => sum + endpoint.scheduled, 0);
  const counting = result.rounds.filter(
    (round) => round.variant === 'monolith' && round.attempt === 2 && !round.replica,
  );
  expect(monolith?.scheduled).toBe(
    counting.reduce((sum, round) => sum + (round.latency === null ? 0 : scheduled(round.latency)), 0),
  );
  expect(result.rounds.filter((round) => round.variant === 'monolith').length).toBeGreaterThan(counting.length);
});

test('a median that is the average of windows is told apart from the percentiles of the curve', () => {
  const aWindow = { index: 0, pair: 0, lengthMs: 2000, leadInMs: 500, leadInRequests: 40, parkedMs: 0 };
  const inTurn = {
    ...result,
    rounds: result.rounds.map((round) => ({
      ...round,
      windows:
        round.latency === null
          ? []
          : [{ ...aWindow, startedAtMs: round.startedAtMs, withheldMs: 0, cpuSeconds: {}, load: round.latency }],
    })),
  };
  const apart = (one: typeof result) =>
    overallLoad(one)[0]?.quantiles.flatMap(({ q, ofWindows }) => (ofWindows ? [q] : []));
  expect(apart(result)).toEqual([]);
  expect(apart(inTurn)).toEqual([0.5]);
  for (const { summaries } of loadByEndpoint(inTurn))
    for (const { quantiles } of summaries) expect(quantiles.some(({ ofWindows }) => ofWindows)).toBe(false);
});
