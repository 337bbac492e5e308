import { z } from 'zod';

export const structureSettingsSchema = z.strictObject({
  /** Whether to find as well which units each change of the manifest gets into. */
  changes: z.boolean(),
});
export type StructureSettings = z.infer<typeof structureSettingsSchema>;
