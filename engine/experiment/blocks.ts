import {
  deriveSeed,
  partsInWords,
  type Application,
  type Experiment,
  type Part,
  type Repeat,
  type Round,
} from '../model/index.ts';
import { assertAllRun } from './hopeless.ts';
import type { OrderSlot } from './order.ts';
import { mostNeeded, needOf, repeatsAllowed, type Need } from './repeats.ts';
import { runRound, type RoundContext } from './round.ts';

export interface BlocksContext {
  experiment: Experiment;
  application: Application;
  order: readonly (readonly OrderSlot[])[];
  /** What has been measured so far; `keep` adds to it. */
  rounds: readonly Round[];
  /** Whether the machine was quiet before anything ran. */
  quiet: boolean;
  contextOf: (block: number, variant: string) => RoundContext;
  keep: (round: Round) => Promise<void>;
  keepRepeat: (repeat: Repeat) => Promise<void>;
  tell: (text: string) => void;
  signal: AbortSignal;
}

/**
 * Measures every block, and what did not go well once more. A block in which a round gave nothing is measured again at once, since without it the run may
 * not be worth going on with; everything else once all blocks are there, so that the few repeats go where they are needed most and not
 * to whoever was first. Rejects once the run is cancelled, and with ExperimentError when a variant cannot run at all.
 */
export async function measureBlocks(context: BlocksContext): Promise<void> {
  const { experiment, order, quiet, tell } = context;
  let left = repeatsAllowed(experiment);
  if (!quiet) tell('this machine is not quiet: disturbed rounds are marked and used, not repeated');
  for (const block of order.keys()) {
    await measureBlock(context, block, null);
    for (
      let need = needOf(context, block);
      need?.worst === 'missing' && need.only === null;
      need = needOf(context, block)
    ) {
      if (left <= 0 || attempts(context, block) > experiment.maxRepeats) break;
      left -= 1;
      await repeat(context, need);
    }
    assertAllRun(experiment.variants, context.rounds);
  }
  // On a machine that never gets quiet a repeated round is no better than the first.
  let becomesQuiet = quiet;
  for (; left > 0; left -= 1) {
    const open = [...order.keys()].filter((block) => attempts(context, block) <= experiment.maxRepeats);
    const need = mostNeeded(context, open, becomesQuiet);
    if (need === null) break;
    await repeat(context, need);
    if (need.worst === 'disturbed' && needOf(context, need.block)?.worst === 'disturbed') becomesQuiet = false;
  }
  for (const block of order.keys()) {
    const need = needOf(context, block);
    if (need === null) continue;
    const fate = need.worst === 'disturbed' ? 'used, and marked as disturbed' : 'not measured again, no repeat is left';
    tell(`block ${block + 1}, ${partsInWords(need.only)}: ${fate}`);
  }
}

/** How often a block was begun. */
function attempts({ rounds }: BlocksContext, block: number): number {
  return Math.max(0, ...rounds.filter((round) => round.block === block).map(({ attempt }) => attempt));
}

async function repeat(context: BlocksContext, need: Need): Promise<void> {
  const { worst: _, ...kept } = need;
  context.tell(`block ${need.block + 1}, ${partsInWords(need.only)}: measured again in every variant (${need.reason})`);
  await context.keepRepeat(kept);
  await measureBlock(context, need.block, need.only);
}

/** One fresh deployment of everything in the order of the block. */
async function measureBlock(context: BlocksContext, block: number, only: Part[] | null): Promise<void> {
  const { experiment, order, contextOf, keep, signal } = context;
  const attempt = attempts(context, block) + 1;
  for (const [position, { variant: name, replica }] of (order[block] ?? []).entries()) {
    signal.throwIfAborted();
    const variant = experiment.variants.find((candidate) => candidate.name === name);
    if (variant === undefined) throw new Error(`unknown variant "${name}"`);
    const seed = deriveSeed(experiment.seed, 'block', block);
    await keep(await runRound({ block, position, variant, replica, attempt, seed, only }, contextOf(block, name)));
    signal.throwIfAborted();
  }
}
