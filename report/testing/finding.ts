import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { metricOf, type Finding, type Metric, type Round } from '../../engine/model/index.ts';

interface Measure {
  metric: string;
  scope?: { endpoint?: string; fault?: string };
  value: (round: Round) => number | null;
}

function percentile(round: Round, q: number, endpoint?: string): number | null {
  if (round.latency === null) return null;
  const parts = Object.entries(round.latency.endpoints).filter(([name]) => endpoint === undefined || name === endpoint);
  const [first, ...rest] = parts.map(([, load]) => decodeFromCompressedBase64(load.responseTime));
  if (first === undefined) return null;
  for (const part of rest) first.add(part);
  return first.getValueAtPercentile(q) / 1000;
}

function sumUnits(
  round: Round,
  value: (unit: NonNullable<Round['resources']>['units'][number]) => number,
): number | null {
  return round.resources === null ? null : round.resources.units.reduce((sum, unit) => sum + value(unit), 0);
}

function measures(rounds: Round[]): Measure[] {
  const faults = new Set(rounds.flatMap((round) => round.isolation.map((isolation) => isolation.label)));
  const isolation = (round: Round, fault: string) =>
    round.isolation.find((candidate) => candidate.label === fault && candidate.status === 'applied');
  return [
    { metric: 'deployment-time', value: (round) => round.deployment?.firstGoodMs ?? null },
    { metric: 'time-to-ready', value: (round) => round.deployment?.allReadyMs ?? null },
    {
      metric: 'image-bytes',
      value: (round) => round.deployment?.units.reduce((sum, unit) => sum + unit.addedBytes, 0) ?? null,
    },
    { metric: 'response-p50', value: (round) => percentile(round, 50) },
    { metric: 'response-p95', value: (round) => percentile(round, 95) },
    { metric: 'response-p99', value: (round) => percentile(round, 99) },
    { metric: 'response-p95', scope: { endpoint: 'checkout' }, value: (round) => percentile(round, 95, 'checkout') },
    { metric: 'availability', value: (round) => (round.latency === null ? null : 0.9994) },
    { metric: 'capacity-rate', value: (round) => round.capacity?.journeysPerSecond ?? null },
    {
      metric: 'cpu-per-1000-good',
      value: (round) =>
        round.resources === null || round.resources.goodRequests === 0
          ? null
          : ((sumUnits(round, (unit) => unit.cpuSeconds) ?? 0) * 1000) / round.resources.goodRequests,
    },
    { metric: 'memory-resident', value: (round) => sumUnits(round, (unit) => unit.memoryBytes) },
    ...[...faults].flatMap((fault): Measure[] => [
      {
        metric: 'isolation-index',
        scope: { fault },
        value: (round) => isolation(round, fault)?.isolationIndex ?? null,
      },
      { metric: 'fault-breadth', scope: { fault }, value: (round) => isolation(round, fault)?.breadth ?? null },
      { metric: 'time-to-recover', scope: { fault }, value: (round) => isolation(round, fault)?.recoverMs ?? null },
    ]),
    ...[...new Set(rounds.flatMap((round) => round.storm?.label ?? []))].flatMap((fault): Measure[] => [
      {
        metric: 'storm-good-share',
        scope: { fault },
        value: ({ storm }) =>
          storm?.status === 'applied'
            ? (storm.spike.good + storm.recovery.good) / (storm.spike.scheduled + storm.recovery.scheduled)
            : null,
      },
      { metric: 'retry-amplification', scope: { fault }, value: (round) => round.storm?.amplification ?? null },
      {
        metric: 'storm-recovery',
        scope: { fault },
        value: (round) => round.storm?.recoverMs ?? round.storm?.recoverCensoredAtMs ?? null,
      },
    ]),
    {
      metric: 'orders-wrong',
      value: (round) =>
        round.consistency === null ? null : round.consistency.lost.length + round.consistency.duplicated.length,
    },
  ];
}

const studentT = [0, 12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

function perBlock(rounds: Round[], variant: string, blocks: number, value: Measure['value']): (number | null)[] {
  return Array.from({ length: blocks }, (_, block) => {
    const round = rounds.find(
      (candidate) =>
        candidate.block === block &&
        candidate.variant === variant &&
        !candidate.replica &&
        candidate.status === 'completed',
    );
    return round === undefined ? null : value(round);
  });
}

function centre(values: (number | null)[], metric: Metric): number | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const mean = (list: number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
  return metric.scale === 'ratio' ? Math.exp(mean(known.map(Math.log))) : mean(known);
}

function verdictOf(metric: Metric, low: number, high: number, band: number): Finding['verdict'] {
  const none = metric.scale === 'ratio' ? 1 : 0;
  const down = metric.scale === 'ratio' ? 1 / (1 + band) : -band;
  const up = metric.scale === 'ratio' ? 1 + band : band;
  if (low > down && high < up) return 'equivalent';
  if (low > none && high > up) return metric.better === 'higher' ? 'better' : 'worse';
  if (high < none && low < down) return metric.better === 'higher' ? 'worse' : 'better';
  return 'inconclusive';
}

/** Findings made plainly from the rounds; good enough for tests, no substitute for the engine's statistics. */
export function makeFindings(rounds: Round[], variants: string[], blocks: number, noise: boolean): Finding[] {
  const [baseline, ...others] = variants;
  if (baseline === undefined) return [];
  return others.flatMap((variant) =>
    measures(rounds).flatMap((measure): Finding[] => {
      const metric = metricOf(measure.metric);
      const left = perBlock(rounds, baseline, blocks, measure.value);
      const right = perBlock(rounds, variant, blocks, measure.value);
      const pairs = left.flatMap((value, block) => {
        const other = right[block] ?? null;
        return value === null || other === null
          ? []
          : [metric.scale === 'ratio' ? Math.log(other / value) : other - value];
      });
      if (left.every((value) => value === null) && right.every((value) => value === null)) return [];
      const mean = pairs.reduce((sum, value) => sum + value, 0) / Math.max(1, pairs.length);
      const deviation = Math.sqrt(
        pairs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, pairs.length - 1),
      );
      const half = ((studentT[pairs.length - 1] ?? 2) * deviation) / Math.sqrt(Math.max(1, pairs.length));
      const back = (value: number): number => (metric.scale === 'ratio' ? Math.exp(value) : value);
      const noiseFloor = noise ? metric.margin * 0.8 : null;
      const interval = pairs.length < 2 ? null : { low: back(mean - half), high: back(mean + half) };
      const verdict =
        interval === null
          ? 'inconclusive'
          : verdictOf(metric, interval.low, interval.high, Math.max(metric.margin, noiseFloor ?? 0));
      const id = [metric.name, measure.scope?.endpoint ?? measure.scope?.fault, baseline, variant]
        .filter((part) => part !== undefined)
        .join('/');
      return [
        {
          ...{ id, probe: metric.probe, metric: metric.name, unit: metric.unit, scope: measure.scope ?? {} },
          baseline: { variant: baseline, value: centre(left, metric), blocks: left },
          variant: { variant, value: centre(right, metric), blocks: right },
          effect: pairs.length === 0 ? null : { kind: metric.scale, value: back(mean) },
          ...{ interval, noiseFloor, margin: metric.margin, verdict },
          pValue: interval === null ? null : 0.004,
          adjustedPValue: interval === null ? null : 0.02,
          blocksToDecide: verdict === 'inconclusive' && interval !== null ? 4 : null,
          declared: [],
          sentence: `${metric.title} of ${variant} against ${baseline}: ${verdict}.`,
        },
      ];
    }),
  );
}
