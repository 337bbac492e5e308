import { z } from 'zod';
import { own } from '../../own.ts';
import type { ProbeDescription } from '../description.ts';
import { loadMs } from '../estimate.ts';
import { redeploymentMeasurementSchema, type RedeploymentMeasurement } from './measurement.ts';
import { metrics } from './metrics.ts';
import { changePart } from './part.ts';
import { release } from './preset.ts';
import { redeploymentSettingsSchema, type RedeploymentSettings } from './settings.ts';

/** A release that is watched, its way back, the same from what was built, and its contracts half there: 12 s in one unit and 20 s in eight, on two processors, ms. */
const aboutMs = 15_500;

const partOf = (change: string): string => changePart(change);

/** Changes of the application, released to a running deployment and taken back. Files of before have no word of it. */
export const redeployment = {
  title: 'Redeployment',
  settings: redeploymentSettingsSchema.nullish(),
  fields: { redeployment: z.array(redeploymentMeasurementSchema).optional() },
  unmeasured: () => ({}),
  metrics,
  // One a change.
  parts: {} as Readonly<Record<ReturnType<typeof changePart>, string>>,
  breaking: 'breaks',
  loadedParts: ({ changes }) => [...new Set(changes.map(partOf))],
  restrict: (settings, kept) => {
    const changes = settings.changes.filter((change) => kept(partOf(change)));
    return changes.length === 0 ? null : { ...settings, changes };
  },
  problems: ({ changes }, { application }) =>
    changes.flatMap((change, index) => {
      const path = `probes.redeployment.changes.${index}`;
      const known = Object.keys(application.changes ?? {});
      if (own(application.changes ?? {}, change) === undefined)
        return [{ path, problem: `unknown change "${change}"; allowed: ${known.join(', ') || 'none'}` }];
      return changes.indexOf(change) < index ? [{ path, problem: `"${change}" is there twice; allowed: once` }] : [];
    }),
  thinned: ({ changes, ...settings }) => {
    const leftOut = changes.at(-1);
    return leftOut === undefined || changes.length === 1
      ? null
      : { settings: { ...settings, changes: changes.slice(0, -1) }, leftOut };
  },
  estimateMs: ({ changes }) => changes.length * loadMs(aboutMs),
  presets: [release],
} satisfies ProbeDescription<RedeploymentSettings, { redeployment?: RedeploymentMeasurement[] | undefined }>;
