import type { DeploymentMeasurement, UnitTimeline } from '../../model/index.ts';
import { observed, sum, type Measure } from '../measure.ts';

/** What it took to get the deployment running. */
export function deploymentMeasures(): Measure[] {
  return [
    { metric: 'deployment-time', scope: {}, read: ({ deployment }) => observed(deployment?.firstGoodMs) },
    { metric: 'time-to-ready', scope: {}, read: ({ deployment }) => observed(deployment?.allReadyMs) },
    {
      metric: 'first-request',
      scope: {},
      read: ({ deployment }) => {
        const times = Object.values(deployment?.firstRequestMs ?? {});
        return times.length === 0 ? null : observed(sum(times) / times.length);
      },
    },
    {
      metric: 'image-bytes',
      scope: {},
      read: ({ deployment }) =>
        deployment === null ? null : observed(sum(images(deployment).map((unit) => unit.addedBytes))),
    },
  ];
}

/** One for each unit: its instances are of the same image. */
function images({ units }: DeploymentMeasurement): UnitTimeline[] {
  return units.filter(({ instance = 0 }) => instance === 0);
}
