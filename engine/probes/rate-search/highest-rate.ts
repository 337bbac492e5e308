import {
  decodeTimes,
  mergeTimes,
  rankedQuantile,
  significantFigure,
  type Application,
  type RateMeasurement,
  type RateSearchSettings,
} from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import { searchRate } from './search.ts';

export interface HighestRateOptions {
  search: RateSearchSettings;
  /** Name of the steps' loads, before the rate. */
  phase: string;
  /** Instead of the application's own. */
  journeys?: Application['journeys'];
  /** Done before each step; `missed`: whether the one before it missed the objective, and left more to do than could be done. */
  before?: (missed: boolean) => Promise<void>;
}

/** Highest rate of journeys within the objective, found by the same steps for everybody. */
export async function findHighestRate(
  context: ProbeContext,
  { search: settings, phase, journeys, before }: HighestRateOptions,
): Promise<RateMeasurement> {
  const { objective } = settings;
  let missed = false;
  const search = await searchRate(
    { start: settings.startJourneysPerSecond, max: settings.maxJourneysPerSecond, precision: settings.precision },
    async (rate) => {
      await before?.(missed);
      const load = startLoad(context, {
        phase: `${phase} at ${significantFigure(rate, 6)}/s`,
        durationMs: settings.stepMs,
        journeysPerSecond: rate,
        ...(journeys === undefined ? {} : { journeys }),
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
      missed = !met;
      return {
        met,
        generatorValid: offered,
        value: { goodPerSecond: good / (measured.durationMs / 1000), p95Ms, availability },
      };
    },
  );
  const best = search.steps.find((entry) => entry.rate === search.best && entry.step.met);
  return {
    points: search.steps.map(({ rate, step }) => ({
      journeysPerSecond: rate,
      ...step.value,
      met: step.met,
      generatorValid: step.generatorValid,
    })),
    journeysPerSecond: search.best,
    goodPerSecond: best?.step.value.goodPerSecond ?? null,
    bounded: search.bounded,
  };
}
