import type { Experiment } from './experiment.ts';
import { minimumBlocks } from './look.ts';
import { estimateDurationMs } from './preset-estimate.ts';
import { askedFor } from './probe/compose.ts';

/**
 * The experiment with less in it, so that its budget holds the fewest blocks that may be judged: of what a probe does one after another the last is left out first, down to one. Unchanged
 * where it has no budget, fits, or has nothing to spare. `leftOut`: what it was, first left out first. Pure.
 */
export function withinBudget(experiment: Experiment): { experiment: Experiment; leftOut: string[] } {
  const { budgetMs } = experiment;
  const leftOut: string[] = [];
  let fitting = experiment;
  const isTooLong = (): boolean =>
    budgetMs !== null && estimateDurationMs({ ...fitting, blocks: minimumBlocks, budgetMs: null }) > budgetMs;
  while (isTooLong()) {
    const thinner = thinned(fitting);
    if (thinner === null) break;
    fitting = thinner.experiment;
    leftOut.push(thinner.leftOut);
  }
  return { experiment: fitting, leftOut };
}

function thinned(experiment: Experiment): { experiment: Experiment; leftOut: string } | null {
  for (const { key, probe, settings } of askedFor(experiment.probes)) {
    const thinner = probe.thinned?.(settings) ?? null;
    if (thinner !== null)
      return {
        experiment: { ...experiment, probes: { ...experiment.probes, [key]: thinner.settings } },
        leftOut: thinner.leftOut,
      };
  }
  return null;
}
