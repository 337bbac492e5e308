import type { Clock } from '../clock/index.ts';
import {
  deriveSeed,
  measures,
  partsInWords,
  replicaParts,
  windowsOf,
  type Application,
  type Experiment,
  type Part,
  type Repeat,
  type Round,
} from '../model/index.ts';
import { BlockBudget } from './block-budget.ts';
import { assertAllRun } from './hopeless.ts';
import type { OrderSlot } from './order.ts';
import { mostNeeded, needOf, repeatsAllowed, type Need } from './repeats.ts';
import { runRound, type RoundContext, type RoundPlan } from './round.ts';
import { cyclesOf, Turns } from './turns.ts';

export interface BlocksContext {
  experiment: Experiment;
  application: Application;
  order: readonly (readonly OrderSlot[])[];
  /** The first block that is measured; those before it are there. */
  from: number;
  /** What has been measured so far; `keep` adds to it. */
  rounds: readonly Round[];
  /** Whether the machine was quiet before anything ran. */
  quiet: boolean;
  /** Whether the deployments of a block stand side by side and are loaded in turn. */
  inTurns: boolean;
  contextOf: (block: number, variant: string) => Omit<RoundContext, 'seat'>;
  keep: (round: Round) => Promise<void>;
  keepRepeat: (repeat: Repeat) => Promise<void>;
  tell: (level: 'info' | 'warning', text: string) => void;
  /** After every block: why the run may end now; null to go on. */
  afterBlock: () => Promise<string | null>;
  clock: Clock;
  /** By the monotonic clock, when the run began. */
  startedAtMs: number;
  signal: AbortSignal;
}

/**
 * Measures every block, and what did not go well once more: always in every variant of the block. Ends early when a look decides everything, or when the time left does not
 * hold another block. Rejects once the run is cancelled, and with ExperimentError when a variant cannot run at all.
 */
export async function measureBlocks(context: BlocksContext): Promise<void> {
  const { experiment, order, quiet, tell } = context;
  const budget = new BlockBudget(context);
  let left = repeatsAllowed(experiment);
  if (!quiet && experiment.looks === null)
    tell('warning', 'this machine is not quiet: disturbed rounds are marked and used, not repeated');
  for (const block of [...order.keys()].slice(context.from)) {
    const full = budget.whyFull();
    if (full !== null) {
      tell('info', full);
      break;
    }
    await measureBlock(context, block, null);
    budget.blockEnded();
    left = await repeatWhile(context, left, budget, () => {
      const need = mayRepeat(context, block) ? needOf(context, block) : null;
      return need !== null && gaveNothing(need) ? need : null;
    });
    assertAllRun(experiment.variants, context.rounds);
    if (experiment.looks !== null && block + 1 === experiment.blocks)
      left = await repeatWhile(context, left, budget, () => neededAtLastLook(context));
    const enough = await context.afterBlock();
    if (enough !== null) {
      tell('info', enough);
      break;
    }
  }
  if (experiment.looks === null) await repeatAtTheEnd(context, left, budget);
  tellWhatIsLeft(context);
}

/** Measures again what is needed, one after another, for as long as repeats are left and the budget holds one. Resolves to how many are left. */
async function repeatWhile(
  context: BlocksContext,
  allowed: number,
  budget: BlockBudget,
  nextNeed: () => Need | null,
): Promise<number> {
  let left = allowed;
  for (; left > 0 && budget.whyFull() === null; left -= 1) {
    const need = nextNeed();
    if (need === null) break;
    await repeat(context, need);
    budget.blockEnded();
  }
  return left;
}

/** Without a deployment the run may not be worth going on with, so its block is measured again before the next. */
const gaveNothing = ({ worst, only }: Need): boolean => worst === 'missing' && only === null;

/**
 * What is measured again before the last look of a plan. Not earlier: as long as another block may come it stands for what is invalid, and tells more. Not of blocks that were
 * looked at: that would change what was judged. What was only disturbed is left.
 */
function neededAtLastLook(context: BlocksContext): Need | null {
  const { looks } = context.experiment;
  const lookedAt = Math.max(context.from, looks?.at(-2)?.blocks ?? 0);
  const open = blocksBegun(context).filter((block) => block >= lookedAt && mayRepeat(context, block));
  return mostNeeded(context, open, false);
}

/** Once all blocks are there, so that the few repeats go where they are needed most and not to whoever was first. */
async function repeatAtTheEnd(context: BlocksContext, allowed: number, budget: BlockBudget): Promise<void> {
  // On a machine that never gets quiet a repeated round is no better than the first.
  let becomesQuiet = context.quiet;
  let last: Need | null = null;
  await repeatWhile(context, allowed, budget, () => {
    if (last?.worst === 'disturbed' && needOf(context, last.block)?.worst === 'disturbed') becomesQuiet = false;
    const open = blocksBegun(context).filter((block) => mayRepeat(context, block));
    last = mostNeeded(context, open, becomesQuiet);
    return last;
  });
}

function tellWhatIsLeft(context: BlocksContext): void {
  // That the machine is never quiet has been said, and where looks are planned disturbed rounds are never repeated.
  const disturbedToo = context.quiet && context.experiment.looks === null;
  for (const block of blocksBegun(context)) {
    const need = needOf(context, block);
    if (need === null || (need.worst === 'disturbed' && !disturbedToo)) continue;
    const fate = need.worst === 'disturbed' ? 'used, and marked as disturbed' : unused(context);
    context.tell('warning', `block ${block + 1}, ${partsInWords(need.only)}: ${fate}`);
  }
}

const unused = ({ experiment }: BlocksContext): string =>
  experiment.looks === null
    ? 'not measured again, no repeat is left'
    : 'not measured again, and what that spoilt decides nothing';

const blocksBegun = ({ rounds }: BlocksContext): number[] => [...new Set(rounds.map(({ block }) => block))];

/** How often a block was begun. */
function attempts({ rounds }: BlocksContext, block: number): number {
  return Math.max(0, ...rounds.filter((round) => round.block === block).map(({ attempt }) => attempt));
}

const mayRepeat = (context: BlocksContext, block: number): boolean =>
  attempts(context, block) <= context.experiment.maxRepeats;

async function repeat(context: BlocksContext, need: Need): Promise<void> {
  const { worst: _, ...kept } = need;
  context.tell(
    'warning',
    `block ${need.block + 1}, ${partsInWords(need.only)}: measured again in every variant (${need.reason})`,
  );
  await context.keepRepeat(kept);
  await measureBlock(context, need.block, need.only);
}

/** One fresh deployment of everything in the order of the block. */
async function measureBlock(context: BlocksContext, block: number, only: Part[] | null): Promise<void> {
  const { experiment, order, contextOf, keep, signal } = context;
  const attempt = attempts(context, block) + 1;
  const seed = deriveSeed(experiment.seed, 'block', block);
  const plans = (order[block] ?? []).flatMap(({ variant: name, replica }, position): RoundPlan[] => {
    const variant = experiment.variants.find((candidate) => candidate.name === name);
    if (variant === undefined) throw new Error(`unknown variant "${name}"`);
    const mine = replica ? inBoth(only, replicaParts(experiment)) : only;
    return mine?.length === 0 ? [] : [{ block, position, variant, replica, attempt, seed, only: mine }];
  });
  if (context.inTurns && measures(only, 'latency')) return measureTogether(context, plans);
  for (const plan of plans) {
    signal.throwIfAborted();
    await keep(await runRound(plan, { ...contextOf(block, plan.variant.name), seat: null }));
    signal.throwIfAborted();
  }
}

/** The parts that are in both of two lists, of which null is all. */
function inBoth(these: Part[] | null, those: Part[] | null): Part[] | null {
  if (these === null || those === null) return these ?? those;
  return these.filter((part) => those.includes(part));
}

/** All rounds of a block side by side, one at a time going on: deployed one after another, then loaded in turn, then everything else one after another. */
async function measureTogether(context: BlocksContext, plans: readonly RoundPlan[]): Promise<void> {
  const { experiment, contextOf, keep } = context;
  const failure = new AbortController();
  const signal = AbortSignal.any([context.signal, failure.signal]);
  const places = plans.map(({ position }) => position);
  const cycles = cyclesOf(places.length, windowsOf(experiment.probes.latency), plans[0]?.seed ?? 0);
  const turns = new Turns([...places, ...cycles.flat(), ...places], signal);
  const measure = async (plan: RoundPlan, mayPrepare: Promise<void> | null, onDeployed: () => void): Promise<void> => {
    const seat = { turns, place: plan.position, mayPrepare, onDeployed };
    try {
      await keep(await runRound(plan, { ...contextOf(plan.block, plan.variant.name), signal, seat }));
    } catch (error) {
      // What ends the run for one ends it for all; those that were waiting say only that.
      failure.abort(error);
      throw error;
    } finally {
      onDeployed();
      turns.leave(plan.position);
    }
  };
  const rounds: Promise<void>[] = [];
  let before: Promise<void> | null = null;
  for (const plan of plans) {
    const mayPrepare: Promise<void> | null = before;
    before = new Promise((onDeployed) => rounds.push(measure(plan, mayPrepare, onDeployed)));
  }
  await Promise.allSettled(rounds);
  context.signal.throwIfAborted();
  failure.signal.throwIfAborted();
}
