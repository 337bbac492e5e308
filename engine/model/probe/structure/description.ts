import type { ProbeDescription } from '../description.ts';
import { structureMeasurementSchema, type StructureMeasurement } from './measurement.ts';
import { metrics } from './metrics.ts';
import { structureSettingsSchema, type StructureSettings } from './settings.ts';

/** A look at the first deployment of a variant; the others have the same programs. */
const aboutMs = 300;

/** What units are made of and have to do with each other. Files of before have no word of it. */
export const structure = {
  title: 'Structure',
  settings: structureSettingsSchema.nullish(),
  fields: { structure: structureMeasurementSchema.optional() },
  unmeasured: () => ({}),
  metrics,
  parts: { structure: 'structure' },
  // Its programs are those of the first copy, and a look at them comes last.
  breaking: 'afterwards',
  estimateMs: () => aboutMs,
} satisfies ProbeDescription<StructureSettings, { structure?: StructureMeasurement | undefined }>;
