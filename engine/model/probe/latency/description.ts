import { z } from 'zod';
import { loadMeasurementSchema, type LoadMeasurement } from '../../load.ts';
import type { ProbeDescription } from '../description.ts';
import { loadMs } from '../estimate.ts';
import { negative } from '../impossible-time.ts';
import { factorProblems } from '../rate.ts';
import { higherRateSchema, loadWindowSchema, type HigherRate, type LoadWindow } from './measurement.ts';
import { metrics } from './metrics.ts';
import { windowProblems } from './problems.ts';
import { latencySettingsSchema, windowsOf, type LatencySettings } from './settings.ts';

/** Stopping one deployment and letting the next go on, ms. */
const turnMs = 150;

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
  problems: ({ durationMs, higher, windows }, { load }) => [
    ...(higher == null ? [] : factorProblems('probes.latency.higher.factor', higher.factor, load)),
    ...windowProblems({ durationMs, windows }),
  ],
  estimateMs: (settings) => {
    const { durationMs, higher, windows } = settings;
    // One lead-in more wakes it for what comes after the windows.
    const turns = windowsOf(settings);
    const load =
      windows == null
        ? loadMs(durationMs)
        : turns * (loadMs(windows.lengthMs) + loadMs(windows.leadInMs) + turnMs) + loadMs(windows.leadInMs);
    return load + (higher == null ? 0 : loadMs(higher.durationMs));
  },
  impossibleTimes: ({ latency: load, higher }) => [
    ...negative('the load took', load?.durationMs),
    ...negative('the load at the higher rate took', higher?.load.durationMs),
  ],
} satisfies ProbeDescription<
  LatencySettings,
  { latency: LoadMeasurement | null; higher: HigherRate | null; windows: LoadWindow[] }
>;
