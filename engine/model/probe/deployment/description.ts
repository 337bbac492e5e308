import type { ProbeDescription } from '../description.ts';
import { disorder, negative } from '../impossible-time.ts';
import { deploymentMeasurementSchema, type DeploymentMeasurement } from './measurement.ts';
import { metrics } from './metrics.ts';

/** How long it takes until a deployment answers, and what it brings along. */
export const deployment = {
  title: 'Deployment',
  settings: null,
  fields: { deployment: deploymentMeasurementSchema.nullable() },
  unmeasured: () => ({ deployment: null }),
  metrics,
  parts: { deployment: 'deployment' },
  impossibleTimes: ({ deployment: measured }) =>
    measured === null
      ? []
      : [
          ...negative('the preparation took', measured.preparationMs),
          ...negative('the first good answer came after', measured.firstGoodMs),
          ...negative('the removal took', measured.teardownMs),
          ...measured.units.flatMap((unit) =>
            disorder(`unit "${unit.unit}"`, [
              ['the call', 0],
              ['its creation began', unit.createStartMs],
              ['it was created', unit.createdMs],
              ['it was started', unit.startedMs],
              ['it was ready', unit.readyMs],
            ]),
          ),
        ],
} satisfies ProbeDescription<never, { deployment: DeploymentMeasurement | null }>;
