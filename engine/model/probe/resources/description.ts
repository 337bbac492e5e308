import type { ProbeDescription } from '../description.ts';
import { statisticsMs } from '../estimate.ts';
import { negative } from '../impossible-time.ts';
import { resourceMeasurementSchema, type ResourceMeasurement } from './measurement.ts';
import { metrics } from './metrics.ts';
import { resourcesSettingsSchema, type ResourcesSettings } from './settings.ts';

/** What a deployment uses, idle and while response times are measured: no part of its own, but of theirs. */
export const resources = {
  title: 'Resources',
  settings: resourcesSettingsSchema.nullable(),
  fields: { resources: resourceMeasurementSchema.nullable() },
  unmeasured: () => ({ resources: null }),
  metrics,
  parts: {},
  restrict: (settings, kept) => (kept('latency') ? settings : null),
  estimateMs: ({ idleMs }) => idleMs + statisticsMs,
  impossibleTimes: ({ resources: measured }) => [
    ...negative('resources were watched for', measured?.windowMs),
    ...negative('the idle units were watched for', measured?.idleWindowMs),
  ],
} satisfies ProbeDescription<ResourcesSettings, { resources: ResourceMeasurement | null }>;
