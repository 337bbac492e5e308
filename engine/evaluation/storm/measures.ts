import { stormLabel, type Round, type StormOutcome } from '../../model/index.ts';
import type { Count } from '../../statistics/index.ts';
import { observed, type Measure, type MeasureContext } from '../measure.ts';
import { stormSeen } from './seen.ts';

/** A storm that was done; the label of the experiment's only one is the scope. */
export function stormMeasures({ experiment, application }: MeasureContext): Measure[] {
  const settings = experiment.probes.storm ?? null;
  if (settings === null) return [];
  const scope = { fault: stormLabel(settings) };
  const outcome = (round: Round): StormOutcome | null => stormSeen(round, application)?.outcome ?? null;
  return [
    {
      metric: 'storm-good-share',
      scope,
      read: (round) => {
        const counts = goodThrough(outcome(round));
        return counts === null ? null : observed(counts.successes / counts.trials);
      },
      counts: (round) => goodThrough(outcome(round)),
    },
    { metric: 'retry-amplification', scope, read: (round) => observed(outcome(round)?.amplification) },
    {
      metric: 'storm-recovery',
      scope,
      read: (round) => {
        const storm = outcome(round);
        if (storm === null) return null;
        if (storm.recoverMs !== null) return observed(storm.recoverMs);
        return storm.recoverCensoredAtMs === null ? null : { value: storm.recoverCensoredAtMs, censored: true };
      },
    },
  ];
}

function goodThrough(storm: StormOutcome | null): Count | null {
  if (storm === null) return null;
  const trials = storm.spike.scheduled + storm.recovery.scheduled;
  return trials === 0 ? null : { successes: storm.spike.good + storm.recovery.good, trials };
}
