import { z } from 'zod';
import { repetitionSchema } from '../../api.ts';
import { freeTextSchema, lineSchema, proseSchema } from '../../text.ts';

/** Dotted, with `[]` for each of a list, and its type in words; an empty path: all of it. */
const fieldsSchema = z
  .array(z.strictObject({ path: freeTextSchema(500), type: freeTextSchema(500), required: z.boolean() }))
  .max(100);

const offeredOperationSchema = z.strictObject({
  name: lineSchema(200),
  summary: freeTextSchema(1000),
  repeat: repetitionSchema,
  input: fieldsSchema,
  output: fieldsSchema,
});

const structuredModuleSchema = z.strictObject({
  module: z.string(),
  /** Files of its own that are in the program of its unit, and lines of code in them. */
  files: z.number().int(),
  lines: z.number().int(),
  /** Names of its contract's operations; null where nobody could tell. */
  operations: z.array(lineSchema(200)).nullable(),
  /** The same operations with what each takes and gives; absent where nobody could tell, and in files of before. */
  contract: z.array(offeredOperationSchema).optional(),
  /** Requests that a check of this contract makes: its examples; absent where none are named or nobody could tell, and in files of before. */
  examples: z.number().int().min(0).optional(),
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
