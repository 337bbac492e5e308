import { z } from 'zod';

/** A planned look at the findings. The plan is made before the first block, so that the chance of a false verdict holds over all looks together. */
export const lookSchema = z.strictObject({
  /** Blocks that are finished when it is taken. */
  blocks: z.number().int().min(1).max(100),
  /** Chance of a false verdict in a family that this look and those before it may spend together, above 0 and at most 0.5. */
  alphaSpent: z.number().positive().max(0.5),
});
export type Look = z.infer<typeof lookSchema>;

/** Looks in ascending order, each of which may spend at least what the one before it did. */
export const looksSchema = z
  .array(lookSchema)
  .min(1)
  .max(100)
  .refine(
    (looks) =>
      looks.every((look, index) => {
        const before = looks[index - 1];
        return before === undefined || (before.blocks < look.blocks && before.alphaSpent <= look.alphaSpent);
      }),
    'looks must come in ascending order of blocks, and none may have spent less than the one before it',
  );
