import type { ProbeDescription } from '../description.ts';
import { loadMs } from '../estimate.ts';
import { hopsMeasurementSchema, type HopsMeasurement } from './measurement.ts';
import { metrics } from './metrics.ts';
import { hopsSettingsSchema, type HopsSettings } from './settings.ts';

/** Of fewer requests nothing comes in the time that a load may last. */
const leastTraceShare = 0.001;

/** Which calls a request makes between modules, and where its time goes. */
export const hops = {
  title: 'Calls',
  settings: hopsSettingsSchema.nullable(),
  fields: { hops: hopsMeasurementSchema.nullable() },
  unmeasured: () => ({ hops: null }),
  metrics,
  parts: { hops: 'hops' },
  problems: ({ traceShare }) =>
    traceShare >= leastTraceShare
      ? []
      : [
          {
            path: 'probes.hops.traceShare',
            problem: `${traceShare} is too little, and nothing would be traced; allowed: ${leastTraceShare} to 1`,
          },
        ],
  estimateMs: ({ durationMs }) => loadMs(durationMs),
} satisfies ProbeDescription<HopsSettings, { hops: HopsMeasurement | null }>;
