import { deploymentMeasures } from './deployment.ts';
import { isolationMeasures } from './isolation.ts';
import { latencyMeasures } from './latency.ts';
import type { Measure, MeasureContext } from './measure.ts';
import { capacityMeasures, consistencyMeasures, hopsMeasures } from './others.ts';
import { resourceMeasures } from './resources.ts';
import { stormMeasures } from './storm.ts';

export { timesOf } from './latency.ts';
export type { Measure } from './measure.ts';

/** Everything that is compared, in the order of the report. */
export function allMeasures(context: MeasureContext): Measure[] {
  return [
    ...deploymentMeasures(),
    ...latencyMeasures(context),
    ...capacityMeasures(context),
    ...resourceMeasures(),
    ...isolationMeasures(context),
    ...stormMeasures(context),
    ...consistencyMeasures(),
    ...hopsMeasures(),
  ];
}
