import { z } from 'zod';
import { faultLabel } from '../../fault-label.ts';
import type { ProbeDescription } from '../description.ts';
import { loadMs, observationLagMs } from '../estimate.ts';
import { each } from '../version-1.ts';
import { faultFromVersion1 } from './from-version-1.ts';
import { impossibleTimesOfFault } from './impossible-times.ts';
import { recoveryWindowMs } from './load.ts';
import { isolationMeasurementSchema, type IsolationMeasurement } from './measurement.ts';
import { metrics } from './metrics.ts';
import { faultPart } from './part.ts';
import { isolationProblems } from './problems.ts';
import { isolationSettingsSchema, type IsolationSettings } from './settings.ts';

const partOf = (label: string): string => faultPart(label);

/** What each of a list of faults does, one after another. */
export const isolation = {
  title: 'Fault isolation',
  settings: isolationSettingsSchema.nullable(),
  fields: { isolation: z.array(isolationMeasurementSchema) },
  unmeasured: () => ({ isolation: [] }),
  metrics,
  // One a fault.
  parts: {} as Readonly<Record<ReturnType<typeof faultPart>, string>>,
  breaking: 'breaks',
  loadedParts: ({ faults }) => [...new Set(faults.map((fault) => partOf(faultLabel(fault))))],
  restrict: (settings, kept) => {
    const faults = settings.faults.filter((fault) => kept(partOf(faultLabel(fault))));
    return faults.length === 0 ? null : { ...settings, control: false, faults };
  },
  notDone: ({ isolation: faults }, asked) =>
    faults.filter(({ status, label }) => status === 'aborted' && asked(partOf(label))),
  problems: isolationProblems,
  estimateMs: ({ faults, control, baselineMs, faultMs }) =>
    loadMs(baselineMs) + (faults.length + Number(control)) * (faultMs + recoveryWindowMs + observationLagMs),
  impossibleTimes: ({ isolation: faults }) => faults.flatMap(impossibleTimesOfFault),
  fromVersion1: ({ isolation: faults }) => ({ isolation: each(faults, faultFromVersion1) }),
} satisfies ProbeDescription<IsolationSettings, { isolation: IsolationMeasurement[] }>;
