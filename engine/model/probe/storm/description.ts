import type { ProbeDescription } from '../description.ts';
import { loadMs, observationLagMs } from '../estimate.ts';
import { recoveryWindowMs } from '../isolation/load.ts';
import { change } from '../version-1.ts';
import { stormFromVersion1 } from './from-version-1.ts';
import { impossibleTimesOfStorm } from './impossible-times.ts';
import { stormMeasurementSchema, type StormMeasurement } from './measurement.ts';
import { metrics } from './metrics.ts';
import { retryStorm } from './preset.ts';
import { stormProblems } from './problems.ts';
import { stormSettingsSchema, type StormSettings } from './settings.ts';

/** A spike of the arrival rate together with a fault: does the application come back? Files of before have no word of it. */
export const storm = {
  title: 'Retry storm',
  settings: stormSettingsSchema.nullish(),
  fields: { storm: stormMeasurementSchema.nullish() },
  unmeasured: () => ({}),
  metrics,
  parts: { storm: 'the storm' },
  breaking: 'breaks',
  loadedParts: () => ['storm'],
  notDone: ({ storm: measured }, asked) => (measured?.status === 'aborted' && asked('storm') ? [measured] : []),
  problems: stormProblems,
  estimateMs: ({ pace, baselineMs, spikeMs, recoveryMs }) =>
    (pace ? 2 * loadMs(pace.gaugeMs) : 0) +
    loadMs(baselineMs + spikeMs + Math.max(recoveryMs, recoveryWindowMs) + observationLagMs),
  impossibleTimes: ({ storm: measured }) => (measured ? impossibleTimesOfStorm(measured) : []),
  fromVersion1: (old) => (old['storm'] === undefined ? {} : { storm: change(old['storm'], stormFromVersion1) }),
  presets: [retryStorm],
} satisfies ProbeDescription<StormSettings, { storm?: StormMeasurement | null | undefined }>;
