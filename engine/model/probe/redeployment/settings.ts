import { z } from 'zod';
import { nameSchema } from '../../name.ts';
import { replacementStrategySchema } from '../../replacement.ts';

export const redeploymentSettingsSchema = z.strictObject({
  /** Changes of the manifest, released one after another, each taken back before the next. */
  changes: z.array(nameSchema).min(1).max(20),
  strategy: replacementStrategySchema,
});
export type RedeploymentSettings = z.infer<typeof redeploymentSettingsSchema>;
