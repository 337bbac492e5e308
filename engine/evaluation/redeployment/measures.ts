import { liveMs, lockstepUnits, warmLiveMs, type RedeploymentMeasurement } from '../../model/index.ts';
import { observed, type Measure, type MeasureContext } from '../measure.ts';

/** What each change took and cost, one set of numbers a change; a release that was refused has no times. */
export function redeploymentMeasures({ experiment }: MeasureContext): Measure[] {
  const changes = [...new Set(experiment.probes.redeployment?.changes)];
  return changes.flatMap((change): Measure[] => {
    const scope = { change };
    const read =
      (value: (one: RedeploymentMeasurement) => number | null): Measure['read'] =>
      ({ redeployment = [] }) => {
        const one = redeployment.find((measured) => measured.change === change);
        return one === undefined ? null : observed(value(one));
      };
    const live =
      (value: (one: RedeploymentMeasurement) => number): Measure['read'] =>
      (round) =>
        read((one) => (one.status === 'released' ? value(one) : null))(round);
    return [
      { metric: 'edit-to-live', scope, read: read(liveMs) },
      { metric: 'edit-to-live-warm', scope, read: read(warmLiveMs) },
      {
        metric: 'release-lost-requests',
        scope,
        read: read(({ requests }) => requests.lost),
        counts: ({ redeployment = [] }) => {
          const one = redeployment.find((measured) => measured.change === change);
          return one === undefined ? null : { successes: one.requests.lost, trials: one.requests.scheduled };
        },
      },
      { metric: 'build-time', scope, read: live(({ builtMs }) => builtMs) },
      { metric: 'replacement-time', scope, read: live(({ builtMs, replacedMs }) => replacedMs - builtMs) },
      { metric: 'roll-back-time', scope, read: read(({ back }) => back?.replacedMs ?? null) },
      { metric: 'released-units', scope, read: live(({ changedUnits }) => changedUnits.length) },
      { metric: 'time-to-notice', scope, read: read(({ watch }) => watch?.noticedMs ?? null) },
      { metric: 'time-to-whole', scope, read: read(({ watch }) => watch?.wholeMs ?? null) },
      { metric: 'lockstep-units', scope, read: read(lockstepUnits) },
      { metric: 'released-bytes', scope, read: live(({ addedBytes }) => addedBytes) },
    ];
  });
}
