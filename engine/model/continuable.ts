import { finishedBlocks } from './progress-of-blocks.ts';
import type { Result } from './result.ts';

/** Why the plan of a result has nothing left to measure, in words that follow "it cannot be continued: "; null where it has. */
export function whyNotContinued({ experiment, rounds, looks, rules }: Result): string | null {
  const last = experiment.looks?.at(-1);
  if (rules !== 2 || last === undefined) return 'it was planned to be judged once; measure it anew, with a budget';
  const spent = looks.at(-1)?.alphaSpent ?? 0;
  return finishedBlocks(experiment, rounds) >= experiment.blocks || spent >= last.alphaSpent
    ? `all that its plan of ${experiment.blocks} blocks may spend is spent; measure it anew`
    : null;
}
