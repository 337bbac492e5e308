import {
  decodeTimes,
  mergeTimes,
  rankedQuantile,
  significantFigure,
  type CapacityMeasurement,
} from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import type { RunProbe } from '../run.ts';
import { searchCapacity } from './search.ts';

export const runCapacity: RunProbe = async ({ context, round, step, cpus }) => {
  if (context.experiment.probes.capacity === null) return;
  round.capacity = await step('Find the capacity', () => measureCapacity(context, cpus));
};

/** Highest rate of journeys within the objective, found by the same steps for every variant. */
async function measureCapacity(context: ProbeContext, cpus: number | null): Promise<CapacityMeasurement | null> {
  const settings = context.experiment.probes.capacity;
  if (settings === null) return null;
  const { objective } = settings;
  const search = await searchCapacity(
    { start: settings.startJourneysPerSecond, max: settings.maxJourneysPerSecond, precision: settings.precision },
    async (rate) => {
      const load = startLoad(context, {
        phase: `capacity at ${significantFigure(rate, 6)}/s`,
        durationMs: settings.stepMs,
        journeysPerSecond: rate,
      });
      const measured = await load.done;
      const endpoints = Object.values(measured.endpoints);
      const scheduled = endpoints.reduce((sum, endpoint) => sum + endpoint.scheduled, 0);
      const good = endpoints.reduce((sum, endpoint) => sum + endpoint.good, 0);
      const p95Ms = rankedQuantile(mergeTimes(endpoints.map((endpoint) => decodeTimes(endpoint))), 0.95)?.ms ?? null;
      // By chance nothing may have come at a low rate; then nothing missed the objective.
      const availability = scheduled === 0 ? 1 : good / scheduled;
      // What late starts do to a percentile is little beside the objective; a generator that cannot offer the rate ends the search.
      const offered = !measured.generator.saturated;
      const met = offered && (p95Ms ?? 0) <= objective.p95Ms && availability >= objective.availability;
      return {
        met,
        generatorValid: offered,
        value: { goodPerSecond: good / (measured.durationMs / 1000), p95Ms, availability },
      };
    },
  );
  const best = search.steps.find((entry) => entry.rate === search.best && entry.step.met);
  const goodPerSecond = best?.step.value.goodPerSecond ?? null;
  return {
    objective,
    points: search.steps.map(({ rate, step }) => ({
      journeysPerSecond: rate,
      ...step.value,
      met: step.met,
      generatorValid: step.generatorValid,
    })),
    journeysPerSecond: search.best,
    goodPerSecond,
    goodPerSecondPerCpu: goodPerSecond === null || cpus === null ? null : goodPerSecond / cpus,
    bounded: search.bounded,
  };
}
