import { z } from 'zod';
import { nameSchema } from './name.ts';
import { proseSchema } from './text.ts';

/** Presets measured one after another. */
export const campaignSchema = z.strictObject({
  application: nameSchema,
  /** Names of presets; the first runs, or is the next. */
  left: z.array(nameSchema).max(20),
  done: z.array(z.strictObject({ preset: nameSchema, resultId: z.string().max(80).nullable() })).max(20),
  /** In what it is measured; null: in what the settings say. */
  runtime: z.enum(['docker', 'process']).nullable().default(null),
  /** The result with what was measured of the first before it was cancelled; null where nothing was. */
  measured: z.string().max(80).nullable().default(null),
  state: z.enum(['running', 'paused']),
  /** Why it does not go on by itself; null while it does. */
  because: proseSchema.nullable(),
});
export type Campaign = z.infer<typeof campaignSchema>;
