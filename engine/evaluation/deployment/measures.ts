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
        deployment === null ? null : observed(sum(deployment.units.map((unit) => unit.addedBytes))),
    },
  ];
}
