import { z } from 'zod';
import { nameSchema } from '../../name.ts';

/** More questions than that no round asks. */
export const mostQuestions = 10_000;

export const answersSettingsSchema = z.strictObject({
  /** The module that is asked, and whose unit is measured by itself. */
  module: nameSchema,
  /** Drawn by the experiment's seed, the same in every deployment. */
  questions: z.number().int().min(1).max(mostQuestions),
});
export type AnswersSettings = z.infer<typeof answersSettingsSchema>;
