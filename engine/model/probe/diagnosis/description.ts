import { z } from 'zod';
import type { FaultKind } from '../../fault-kind.ts';
import { faultLabel } from '../../fault-label.ts';
import type { ProbeDescription } from '../description.ts';
import { loadMs } from '../estimate.ts';
import { faultProblems } from '../fault-problems.ts';
import { disorder } from '../impossible-time.ts';
import { diagnosisMeasurementSchema, type DiagnosisMeasurement } from './measurement.ts';
import { metrics } from './metrics.ts';
import { diagnosis as preset } from './preset.ts';
import { diagnosisSettingsSchema, type DiagnosisSettings } from './settings.ts';

/** Done from outside to whatever hosts the module, which is as good a cause of it as the others there. */
const ofNoModule: ReadonlySet<FaultKind> = new Set([
  ...(['freeze', 'crash-stays-down', 'cpu-starvation', 'partition'] as const),
  ...(['store-crash', 'store-connections', 'store-freeze', 'store-partition', 'store-starvation'] as const),
]);

/** Until a deployment is well again after a fault, ms; most are at once. */
const aboutWellMs = 1500;

/** From requests that fail to the module at fault, by what units log. Files of before have no word of it. */
export const diagnosis = {
  title: 'Diagnosis',
  settings: diagnosisSettingsSchema.nullish(),
  fields: { diagnosis: z.array(diagnosisMeasurementSchema).max(20).optional() },
  unmeasured: () => ({}),
  metrics,
  parts: { diagnosis: 'the search for causes' },
  breaking: 'breaks',
  notDone: ({ diagnosis: measured = [] }, asked) =>
    asked('diagnosis') ? measured.filter(({ status }) => status === 'aborted') : [],
  problems: ({ faults }, { application }) => {
    const labels = faults.map(faultLabel);
    return faults.flatMap((fault, index) => {
      const path = `probes.diagnosis.faults.${index}`;
      const label = faultLabel(fault);
      const twice = labels.indexOf(label) < index;
      return [
        ...(ofNoModule.has(fault.kind)
          ? [
              {
                path,
                problem: `${label} is done to a unit or a server, so that no module is its cause; allowed: faults in a module`,
              },
            ]
          : []),
        ...(fault.kind === 'none' ? [{ path, problem: 'there is no cause to be found where nothing is done' }] : []),
        ...(twice
          ? [{ path, problem: `${label} is there twice, and the two could not be told apart; allowed: once` }]
          : []),
        ...faultProblems(fault, application, path),
      ];
    });
  },
  thinned: ({ faults, ...others }) => {
    const last = faults.at(-1);
    return last === undefined || faults.length < 2
      ? null
      : { settings: { ...others, faults: faults.slice(0, -1) }, leftOut: faultLabel(last) };
  },
  estimateMs: ({ faults, faultMs }) => faults.length * (loadMs(faultMs) + aboutWellMs),
  impossibleTimes: ({ diagnosis: measured = [] }) =>
    measured.flatMap(({ label, effectAtMs, overAtMs }) =>
      disorder(label, [
        ['it took effect', effectAtMs],
        ['it was over', overAtMs],
      ]),
    ),
  presets: [preset],
} satisfies ProbeDescription<DiagnosisSettings, { diagnosis?: DiagnosisMeasurement[] | undefined }>;
