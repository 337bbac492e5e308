import type { ProbeDescription } from '../description.ts';
import { loadMs } from '../estimate.ts';
import { rateSearchProblems } from '../rate-search.ts';
import { capacityMeasurementSchema, type CapacityMeasurement } from './measurement.ts';
import { metrics } from './metrics.ts';
import { capacitySettingsSchema, type CapacitySettings } from './settings.ts';

/** The highest rate at which an objective is met. */
export const capacity = {
  title: 'Capacity',
  settings: capacitySettingsSchema.nullable(),
  fields: { capacity: capacityMeasurementSchema.nullable() },
  unmeasured: () => ({ capacity: null }),
  metrics,
  parts: { capacity: 'capacity' },
  breaking: 'afterwards',
  problems: (settings) => rateSearchProblems(settings, 'probes.capacity'),
  estimateMs: (settings) => mostSteps(settings) * loadMs(settings.stepMs),
} satisfies ProbeDescription<CapacitySettings, { capacity: CapacityMeasurement | null }>;

/** Steps of the search in its longest form: doubling up to the maximum, then halving the bracket down to the precision. */
function mostSteps({ startJourneysPerSecond, maxJourneysPerSecond, precision }: CapacitySettings): number {
  const doublings = Math.max(0, Math.ceil(Math.log2(maxJourneysPerSecond / startJourneysPerSecond)));
  return 1 + doublings + Math.max(0, Math.ceil(Math.log2(0.5 / precision)));
}
