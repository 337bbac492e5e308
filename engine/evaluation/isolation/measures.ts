import { faultLabel, type IsolationOutcome, type Round } from '../../model/index.ts';
import type { Count, Observation } from '../../statistics/index.ts';
import { observed, type Measure, type MeasureContext } from '../measure.ts';
import { faultsSeen } from './seen.ts';

function recovery({ recoverMs, recoverCensoredAtMs }: IsolationOutcome): Observation | null {
  if (recoverMs !== null) return { value: recoverMs, censored: false };
  return recoverCensoredAtMs === null ? null : { value: recoverCensoredAtMs, censored: true };
}

const share = (counts: { good: number; wanted: number } | undefined): Count | null =>
  counts === undefined ? null : { successes: counts.good, trials: counts.wanted };

const lost = (counts: Count | null): Count | null =>
  counts === null ? null : { successes: counts.trials - counts.successes, trials: counts.trials };

/** What each fault did, one set of numbers a fault; a recovery that was not reached counts as at least as long as somebody looked. */
export function isolationMeasures({ experiment, application }: MeasureContext): Measure[] {
  const faults = (experiment.probes.isolation?.faults ?? []).filter((fault) => fault.kind !== 'none');
  return [...new Set(faults.map((fault) => faultLabel(fault)))].flatMap((label): Measure[] => {
    const scope = { fault: label };
    const outcome = (round: Round): IsolationOutcome | null =>
      faultsSeen(round, application).find(({ measured }) => measured.label === label)?.outcome ?? null;
    const read =
      <T>(value: (one: IsolationOutcome) => T) =>
      (round: Round): T | null => {
        const one = outcome(round);
        return one === null ? null : value(one);
      };
    return [
      {
        metric: 'lost-good-requests',
        scope,
        read: read((one) => observed(one.lostGoodRequests)),
        counts: read(({ wantedRequests, lostGoodRequests }) =>
          wantedRequests === undefined ? null : { successes: Math.round(lostGoodRequests), trials: wantedRequests },
        ),
      },
      {
        metric: 'isolation-index',
        scope,
        read: read((one) => observed(one.isolationIndex)),
        counts: read(({ indexCounts }) => share(indexCounts?.unneeding)),
      },
      { metric: 'fault-breadth', scope, read: read((one) => observed(one.breadth)) },
      {
        metric: 'fault-severity',
        scope,
        read: read((one) => observed(one.severity)),
        counts: read(({ indexCounts }) => lost(share(indexCounts?.all))),
      },
      { metric: 'time-to-recover', scope, read: read(recovery) },
    ];
  });
}
