import { z } from 'zod';
import { loadSettingsSchema } from './load-settings.ts';
import { looksSchema } from './look.ts';
import { nameSchema } from './name.ts';
import { settingsShape } from './probe/compose.ts';
import { warmUpSettingsSchema } from './probe/warm-up/settings.ts';
import { freeTextSchema, titleSchema } from './text.ts';
import { variantSchema } from './variant.ts';
import { wholeMs } from './whole-ms.ts';

export const runtimeChoiceSchema = z.enum(['auto', 'docker', 'process']);
export type RuntimeChoice = z.infer<typeof runtimeChoiceSchema>;
export type RuntimeKind = 'docker' | 'process';

/** What is measured, a field a probe. */
export const probesSchema = z.strictObject(settingsShape);
export type Probes = z.infer<typeof probesSchema>;

/** More blocks than that no experiment has. */
export const mostBlocks = 100;

/** A file a person can edit, the window writes and the command line runs. */
export const experimentSchema = z.strictObject({
  schema: z.literal('cleave/experiment'),
  version: z.literal(2),
  name: nameSchema,
  title: titleSchema,
  /** The preset it came from, if any. */
  preset: freeTextSchema(60).nullable().default(null),
  application: nameSchema,
  /** The first is the baseline. */
  variants: z.array(variantSchema).min(1).max(8),
  /** Adds the baseline a second time to every block, to learn the noise floor. */
  noiseFloor: z.boolean().default(false),
  runtime: runtimeChoiceSchema.default('auto'),
  /** The most blocks that are run. */
  blocks: z.number().int().min(1).max(mostBlocks),
  /** When the findings are looked at on the way; null: once, at the end. No look comes after the last block. */
  looks: looksSchema.nullable().default(null),
  /** Blocks are begun within this time, ms; null: all of them, however long they take. */
  budgetMs: wholeMs(24 * 3_600_000)
    .min(1000)
    .nullable()
    .default(null),
  load: loadSettingsSchema,
  warmUp: warmUpSettingsSchema,
  probes: probesSchema,
  resources: z.strictObject({
    /** CPUs all units of a deployment share; null: chosen for this machine. */
    cpus: z.number().int().min(1).max(256).nullable().default(null),
    /** Memory all units of a deployment share, bytes; null: chosen for this machine. */
    memoryBytes: z
      .number()
      .int()
      .min(64 * 2 ** 20)
      .nullable()
      .default(null),
  }),
  /** A disturbed or invalid round is repeated at most this often. */
  maxRepeats: z.number().int().min(0).max(5).default(1),
  /** Settings in which variants may differ without failing the fairness gate, for example `consistency`. */
  declaredDifferences: z.array(freeTextSchema(200)).max(20).default([]),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
});
export type Experiment = z.infer<typeof experimentSchema>;
