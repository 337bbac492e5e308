import { z } from 'zod';
import { lineSchema, proseSchema } from '../../text.ts';

const structuredModuleSchema = z.strictObject({
  module: z.string(),
  /** Files of its own that are in the program of its unit, and lines of code in them. */
  files: z.number().int(),
  lines: z.number().int(),
  /** Names of its contract's operations; null where nobody could tell. */
  operations: z.array(lineSchema(200)).nullable(),
});
export type StructuredModule = z.infer<typeof structuredModuleSchema>;

const structuredUnitSchema = z.strictObject({
  unit: z.string(),
  modules: z.array(z.string()),
  /** Of its program. */
  bundleBytes: z.number().int(),
  /** Packages of others of which anything is in it, and how much. */
  packages: z.array(z.strictObject({ name: lineSchema(214), bytes: z.number().int() })),
});
export type StructuredUnit = z.infer<typeof structuredUnitSchema>;

/** What a change of the application gets into in this cut, once those it builds on are there. */
const changeReachSchema = z.strictObject({
  change: z.string(),
  /** Modules whose own files it edits. */
  modules: z.array(z.string()),
  /** Units whose program becomes another by it. */
  units: z.array(z.string()),
});
export type ChangeReach = z.infer<typeof changeReachSchema>;

/** What the units of one cut are made of. Who calls whom is in the manifest. */
export const structureMeasurementSchema = z.strictObject({
  modules: z.array(structuredModuleSchema),
  units: z.array(structuredUnitSchema),
  /** Null where nobody asked, or where they cannot be made to the source as it is; then why. */
  changes: z.array(changeReachSchema).nullable(),
  changesReason: proseSchema.nullable(),
});
export type StructureMeasurement = z.infer<typeof structureMeasurementSchema>;
