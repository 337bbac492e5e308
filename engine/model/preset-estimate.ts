import type { Experiment } from './experiment.ts';
import { replicaParts, restrictTo } from './part.ts';
import { askedFor } from './probe/compose.ts';
import { loadMs } from './probe/estimate.ts';

/** What a round takes beside its probes, from runs on two cores of a noisy virtual machine: between one unit and eight. */
const deployMs = 6000;
const teardownMs = 1500;
/** Bundles, images and the floor, once a run: a fixed part and one a unit. */
const prepareMs = 5000;
const buildUnitMs = 600;

/** How long the experiment takes at most without repeated rounds, ms; on a machine with two cores seldom more. A budget is kept, but for the first block. */
export function estimateDurationMs(experiment: Experiment): number {
  const units = experiment.variants.reduce((sum, variant) => sum + variant.topology.units.length, 0);
  const beginMs = prepareMs + buildUnitMs * units;
  const replicaMs = experiment.noiseFloor ? estimateRoundMs(restrictTo(experiment, replicaParts(experiment))) : 0;
  const blockMs = experiment.variants.length * estimateRoundMs(experiment) + replicaMs;
  const allMs = beginMs + experiment.blocks * blockMs;
  return experiment.budgetMs === null ? allMs : Math.min(allMs, Math.max(experiment.budgetMs, beginMs + blockMs));
}

/** How long one round takes, ms. */
export function estimateRoundMs({ warmUp, probes, variants }: Experiment): number {
  const frameMs = deployMs + teardownMs + (warmUp.maxMs > 0 ? loadMs(warmUp.maxMs) : 0);
  return askedFor(probes).reduce(
    (total, { probe, settings }) => total + (probe.estimateMs?.(settings, variants) ?? 0),
    frameMs,
  );
}
