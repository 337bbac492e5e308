import type { Experiment } from './experiment.ts';
import type { Round } from './result.ts';

/** Blocks, from the first on, of which every variant has a round that ended; how well it went does not matter. */
export function finishedBlocks(experiment: Experiment, rounds: readonly Round[]): number {
  const whole = wholeBlocks(experiment, rounds);
  let finished = 0;
  while (whole.has(finished)) finished += 1;
  return finished;
}

/** All such blocks, by number from 0, also those behind one whose rounds were lost. */
export function wholeBlocks({ variants, noiseFloor }: Experiment, rounds: readonly Round[]): Set<number> {
  const places = variants.length + Number(noiseFloor);
  const seen = new Map<number, Set<string>>();
  for (const { block, variant, replica, status } of rounds) {
    if (status === 'cancelled') continue;
    const mine = seen.get(block) ?? new Set();
    seen.set(block, mine.add(`${variant}/${replica}`));
  }
  return new Set([...seen].flatMap(([block, mine]) => (mine.size >= places ? [block] : [])));
}

/** The order of the blocks that a result is of: all that were planned, but for a run that may end early, which is of those that it began. */
export function orderThatRan<Slot>(
  { looks, budgetMs }: Experiment,
  order: readonly (readonly Slot[])[],
  rounds: readonly Round[],
): Slot[][] {
  const begun = Math.max(0, ...rounds.map(({ block }) => block + 1));
  const ran = looks === null && budgetMs === null ? order : order.slice(0, begun);
  return ran.map((block) => [...block]);
}
