import type { Result, Round } from '../../engine/model/index.ts';
import { enoughFor, mergeTimes } from '../histogram.ts';
import { shareOf, sum } from './numbers.ts';
import { remember } from './remember.ts';

/** One measured value of one round, in the long form that tables and spreadsheets like. */
export interface RoundValue {
  round: string;
  block: number;
  position: number;
  attempt: number;
  variant: string;
  /** True for the second copy of the baseline. */
  replica: boolean;
  status: Round['status'];
  metric: string;
  scope: string;
  unit: string;
  value: number;
}

type Value = [metric: string, unit: string, value: number | null | undefined, scope?: string];

function latencyValues(round: Round): Value[] {
  if (round.latency === null) return [];
  const loads = Object.values(round.latency.endpoints);
  const times = mergeTimes(loads.map((load) => load.responseTime));
  const at = (q: number): number | null => (times !== null && enoughFor(q, times.count) ? times.quantileMs(q) : null);
  return [
    ['response-p50', 'ms', at(0.5)],
    ['response-p95', 'ms', at(0.95)],
    ['response-p99', 'ms', at(0.99)],
    ['availability', 'share', shareOf(sum(loads.map((load) => load.good)), sum(loads.map((load) => load.scheduled)))],
  ];
}

function resourceValues(round: Round): Value[] {
  if (round.resources === null) return [];
  const { units, goodRequests } = round.resources;
  return [
    [
      'cpu-per-1000-good',
      'cpu-seconds',
      goodRequests > 0 ? (sum(units.map((unit) => unit.cpuSeconds)) * 1000) / goodRequests : null,
    ],
    ['memory-resident', 'bytes', sum(units.map((unit) => unit.memoryBytes))],
  ];
}

function isolationValues(round: Round): Value[] {
  return round.isolation.flatMap((one): Value[] =>
    one.status === 'applied'
      ? [
          ['isolation-index', 'share', one.isolationIndex, one.label],
          ['fault-breadth', 'share', one.breadth, one.label],
          ['fault-severity', 'share', one.severity, one.label],
          ['lost-good-requests', 'requests', one.lostGoodRequests, one.label],
          ['time-to-recover', 'ms', one.recoverMs, one.label],
        ]
      : [],
  );
}

function stormValues({ storm }: Round): Value[] {
  if (storm?.status !== 'applied') return [];
  const scheduled = storm.spike.scheduled + storm.recovery.scheduled;
  return [
    ['storm-good-share', 'share', shareOf(storm.spike.good + storm.recovery.good, scheduled), storm.label],
    ['retry-amplification', 'count', storm.amplification, storm.label],
    ['storm-recovery', 'ms', storm.recoverMs, storm.label],
    ['storm-recovery-more-than', 'ms', storm.recoverCensoredAtMs, storm.label],
  ];
}

/** The values of one round by metric; what was not measured is left out. */
export function valuesOf(round: Round): RoundValue[] {
  const wrong = round.consistency;
  const values: Value[] = [
    ['deployment-time', 'ms', round.deployment?.firstGoodMs],
    ['time-to-ready', 'ms', round.deployment?.allReadyMs],
    ...latencyValues(round),
    ...resourceValues(round),
    ['capacity-rate', 'journeys/s', round.capacity?.journeysPerSecond],
    ...isolationValues(round),
    ...stormValues(round),
    [
      'orders-wrong',
      'count',
      wrong === null ? null : wrong.lost.length + wrong.duplicated.length + wrong.phantom.length + wrong.stuck.length,
    ],
  ];
  const { block, position, attempt, variant, replica, status } = round;
  return values.flatMap(([metric, unit, value, scope = '']) =>
    value === null || value === undefined
      ? []
      : [{ round: round.id, block, position, attempt, variant, replica, status, metric, scope, unit, value }],
  );
}

/** The values of every round of a result, in the order they ran. */
export const allValues = remember((result: Result): RoundValue[] => {
  return result.rounds.flatMap(valuesOf);
});
