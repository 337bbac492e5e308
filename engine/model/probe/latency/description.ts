import { z } from 'zod';
import { notYet } from '../../field-problem.ts';
import { loadMeasurementSchema, type LoadMeasurement } from '../../load.ts';
import type { ProbeDescription } from '../description.ts';
import { loadMs } from '../estimate.ts';
import { negative } from '../impossible-time.ts';
import { factorProblems } from '../rate.ts';
import { higherRateSchema, loadWindowSchema, type HigherRate, type LoadWindow } from './measurement.ts';
import { metrics } from './metrics.ts';
import { latencySettingsSchema, type LatencySettings } from './settings.ts';

/** Response times and availability at the experiment's rate and, if asked for, at a higher one. Every experiment has it. */
export const latency = {
  title: 'Response times',
  settings: latencySettingsSchema,
  fields: {
    latency: loadMeasurementSchema.nullable(),
    /** A second, higher rate; null where none was asked for or reached. */
    higher: higherRateSchema.nullable().default(null),
    /** The windows of latency where the deployments of a block are loaded in turn; empty where it was one piece. */
    windows: z.array(loadWindowSchema).default([]),
  },
  unmeasured: () => ({ latency: null, higher: null, windows: [] }),
  metrics,
  parts: { latency: 'response times', higher: 'response times at the higher rate' },
  loadedParts: ({ higher }) => (higher == null ? ['latency'] : ['latency', 'higher']),
  // Response times stand in every experiment; whether they are measured is asked of the parts.
  restrict: (settings, kept) => ({ ...settings, higher: kept('higher') ? (settings.higher ?? null) : null }),
  problems: ({ higher, windows }, { load }) => [
    ...(higher == null ? [] : factorProblems('probes.latency.higher.factor', higher.factor, load)),
    ...(windows == null ? [] : [notYet('probes.latency.windows')]),
  ],
  estimateMs: ({ durationMs, higher }) => loadMs(durationMs) + (higher == null ? 0 : loadMs(higher.durationMs)),
  impossibleTimes: ({ latency: load, higher }) => [
    ...negative('the load took', load?.durationMs),
    ...negative('the load at the higher rate took', higher?.load.durationMs),
  ],
} satisfies ProbeDescription<
  LatencySettings,
  { latency: LoadMeasurement | null; higher: HigherRate | null; windows: LoadWindow[] }
>;
