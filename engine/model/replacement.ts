import { z } from 'zod';

/**
 * How units are replaced. `recreate`: the old one ends, then the new one starts at its address, and nobody serves in between. `rolling`: the new one starts beside it, is
 * ready, takes its place in everybody's list, and then the old one ends; one instance after another. `blue-green`: every instance of every unit starts once more beside
 * the others, and the entry is switched over at once.
 */
export const replacementStrategySchema = z.enum(['recreate', 'rolling', 'blue-green']);
export type ReplacementStrategy = z.infer<typeof replacementStrategySchema>;
export const replacementStrategies = replacementStrategySchema.options;

/** What became of one instance, ms since the replacement began. */
export interface ReplacedInstance {
  unit: string;
  /** Which instance took the place of which. */
  from: number;
  to: number;
  createStartMs: number;
  createdMs: number;
  startedMs: number;
  readyMs: number;
  /** Nobody calls the old one any more; with `recreate` when it was gone. */
  switchedMs: number;
  /** What was under way in the old one has ended; null where it was not asked, did not answer, or had not ended by then. */
  drainedMs: number | null;
  removedMs: number;
}
