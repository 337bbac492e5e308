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

/** Chance of any false verdict in a family of findings judged together, over all looks. */
export const familyAlpha = 0.05;
/** Fewer paired blocks than this decide nothing: two equal changes are no evidence of a spread (Eismann et al. 2020). */
export const minimumBlocks = 3;
/** Fewer machines than this have no interval over machines, for the same reason. */
export const minimumMachines = 3;

/** A look after every block from the third on: half of the chance for the first, the rest in equal parts, since most of what can be told is told by three deployments. */
export function looksUpTo(blocks: number): Look[] {
  const count = blocks - minimumBlocks;
  return Array.from({ length: Math.max(0, count) + 1 }, (_, index) => ({
    blocks: Math.min(blocks, minimumBlocks) + index,
    alphaSpent: count <= 0 ? familyAlpha : familyAlpha * (0.5 + (0.5 * index) / count),
  }));
}

/** What of the chance a plan has spent after so many blocks: between two looks in proportion, so that a run that ends between them can be looked at. */
function spentAfter(plan: readonly Look[], blocks: number): number {
  let before = { blocks: 0, alphaSpent: 0 };
  for (const look of plan) {
    if (blocks <= look.blocks) {
      const way = (blocks - before.blocks) / (look.blocks - before.blocks);
      return before.alphaSpent + way * (look.alphaSpent - before.alphaSpent);
    }
    before = look;
  }
  return before.alphaSpent;
}

/**
 * The looks at which a run that ended after so many blocks was judged: all that were planned until then, whether or not the record of each can be read, those it took besides, and one at
 * its end where that came between two. To forget one would be to spend its chance twice; below three blocks there is nothing to look at, and nothing is spent.
 */
export function looksAtTheEnd(plan: readonly Look[] | null, taken: readonly Look[], finishedBlocks: number): Look[] {
  if (plan === null) return [...taken];
  const due = plan.filter(
    (look) => look.blocks <= finishedBlocks && taken.every(({ blocks }) => blocks !== look.blocks),
  );
  const all = [...taken, ...due].toSorted((a, b) => a.blocks - b.blocks);
  const last = all.at(-1) ?? { blocks: 1, alphaSpent: 0 };
  if (finishedBlocks <= last.blocks || finishedBlocks < minimumBlocks) return all;
  const alphaSpent = spentAfter(plan, finishedBlocks);
  return alphaSpent > last.alphaSpent ? [...all, { blocks: finishedBlocks, alphaSpent }] : all;
}
