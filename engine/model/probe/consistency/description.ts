import type { ProbeDescription } from '../description.ts';
import { negative } from '../impossible-time.ts';
import { consistencyMeasurementSchema, type ConsistencyMeasurement } from './measurement.ts';
import { metrics } from './metrics.ts';
import { consistencySettingsSchema, type ConsistencySettings } from './settings.ts';

/** Most deployments have settled after this long, ms. */
const usuallySettledMs = 2000;

/** Whether the books of the modules agree with what clients were told. */
export const consistency = {
  title: 'Consistency',
  settings: consistencySettingsSchema.nullable(),
  fields: { consistency: consistencyMeasurementSchema.nullable() },
  unmeasured: () => ({ consistency: null }),
  metrics,
  parts: { consistency: 'consistency' },
  breaking: 'afterwards',
  needsLedger: true,
  estimateMs: ({ settleMs }) => Math.min(usuallySettledMs, settleMs),
  impossibleTimes: ({ consistency: measured }) => negative('the books were settled after', measured?.quiescedMs),
} satisfies ProbeDescription<ConsistencySettings, { consistency: ConsistencyMeasurement | null }>;
