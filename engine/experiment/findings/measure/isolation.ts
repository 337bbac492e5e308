import { faultLabel, type IsolationMeasurement, type Round } from '../../../model/index.ts';
import type { Observation } from '../../../statistics/index.ts';
import { observed, type Measure, type MeasureContext } from './measure.ts';

/** What this round saw of that fault; null where it was not done (it cannot happen in the shape, or was aborted). */
function applied(round: Round, label: string): IsolationMeasurement | null {
  return round.isolation.find((one) => one.label === label && one.status === 'applied') ?? null;
}

function recovery({ recoverMs, recoverCensoredAtMs }: IsolationMeasurement): Observation | null {
  if (recoverMs !== null) return { value: recoverMs, censored: false };
  return recoverCensoredAtMs === null ? null : { value: recoverCensoredAtMs, censored: true };
}

/** What each fault did, one set of numbers a fault; a recovery that was not reached counts as at least as long as somebody looked. */
export function isolationMeasures({ experiment }: MeasureContext): Measure[] {
  const faults = (experiment.probes.isolation?.faults ?? []).filter((fault) => fault.kind !== 'none');
  return [...new Set(faults.map((fault) => faultLabel(fault)))].flatMap((label): Measure[] => {
    const scope = { fault: label };
    const read = (value: (one: IsolationMeasurement) => number | null) => (round: Round) =>
      observed(pick(round, value));
    const pick = (round: Round, value: (one: IsolationMeasurement) => number | null) => {
      const one = applied(round, label);
      return one === null ? null : value(one);
    };
    return [
      { metric: 'isolation-index', scope, read: read((one) => one.isolationIndex) },
      { metric: 'fault-breadth', scope, read: read((one) => one.breadth) },
      { metric: 'fault-severity', scope, read: read((one) => one.severity) },
      { metric: 'lost-good-requests', scope, read: read((one) => one.lostGoodRequests) },
      {
        metric: 'time-to-recover',
        scope,
        read: (round) => {
          const one = applied(round, label);
          return one === null ? null : recovery(one);
        },
      },
    ];
  });
}
