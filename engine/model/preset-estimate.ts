import type { Experiment } from './experiment.ts';
import { recoveryWindowMs } from './isolation-load.ts';

/** What a round takes beside its probes, from runs on two cores of a noisy virtual machine: between one unit and eight. */
const deployMs = 6000;
const teardownMs = 1500;
/** Asking the engine for statistics, which it answers once a second, before and after each window. */
const statisticsMs = 2000;
/** Starting the generator and letting the last requests end, once a load. */
const loadOverheadMs = 300;
/** Bundles, images and the floor, once a run: a fixed part and one a unit. */
const prepareMs = 5000;
const buildUnitMs = 600;
/** A recovery is only seen in a whole window, whose slices arrive a little later; most faults are recovered from at once. */
const observationLagMs = 1000;

/** How long the experiment takes without repeated rounds, ms; on a machine with two cores seldom more. */
export function estimateDurationMs(experiment: Experiment): number {
  const slots = experiment.variants.length + Number(experiment.noiseFloor);
  const units = experiment.variants.reduce((sum, variant) => sum + variant.topology.units.length, 0);
  return prepareMs + buildUnitMs * units + experiment.blocks * slots * estimateRoundMs(experiment);
}

/** How long one round takes, ms. */
export function estimateRoundMs({ warmUp, probes }: Experiment): number {
  const { latency, resources, isolation, capacity, hops, consistency, storm = null } = probes;
  const load = (durationMs: number) => durationMs + loadOverheadMs;
  let total = deployMs + teardownMs + load(latency.durationMs);
  const higher = latency.higher ?? null;
  if (higher !== null) total += load(higher.durationMs);
  if (warmUp.maxMs > 0) total += load(warmUp.maxMs);
  if (resources !== null) total += resources.idleMs + statisticsMs;
  if (hops !== null) total += load(hops.durationMs);
  if (consistency !== null) total += Math.min(2000, consistency.settleMs);
  if (capacity !== null) total += capacitySteps(capacity) * load(capacity.stepMs);
  if (storm?.pace) total += 2 * load(storm.pace.gaugeMs);
  if (storm !== null)
    total += load(storm.baselineMs + storm.spikeMs + Math.max(storm.recoveryMs, recoveryWindowMs) + observationLagMs);
  if (isolation !== null) {
    const faults = isolation.faults.length + Number(isolation.control);
    total += load(isolation.baselineMs) + faults * (isolation.faultMs + recoveryWindowMs + observationLagMs);
  }
  return total;
}

/** Steps of the search in its longest form: doubling up to the maximum, then halving the bracket down to the precision. */
function capacitySteps({
  startJourneysPerSecond,
  maxJourneysPerSecond,
  precision,
}: NonNullable<Experiment['probes']['capacity']>): number {
  const doublings = Math.max(0, Math.ceil(Math.log2(maxJourneysPerSecond / startJourneysPerSecond)));
  return 1 + doublings + Math.max(0, Math.ceil(Math.log2(0.5 / precision)));
}
