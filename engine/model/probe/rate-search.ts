import { z } from 'zod';
import type { FieldProblem } from '../field-problem.ts';
import { significantFigure } from '../figure.ts';
import { wholeMs } from '../whole-ms.ts';

/** How the highest rate within an objective is searched. */
export const rateSearchSchema = z.strictObject({
  startJourneysPerSecond: z.number().positive().max(100_000),
  maxJourneysPerSecond: z.number().positive().max(100_000),
  stepMs: wholeMs(600_000).min(1000),
  /** Bisection ends when the bracket is this narrow, as a share of its upper end. */
  precision: z.number().min(0.01).max(0.5),
  objective: z.strictObject({ p95Ms: z.number().positive(), availability: z.number().min(0).max(1) }),
});
export type RateSearchSettings = z.infer<typeof rateSearchSchema>;

/** What a search found. */
export const rateMeasurementShape = {
  points: z.array(
    z.strictObject({
      journeysPerSecond: z.number(),
      goodPerSecond: z.number(),
      p95Ms: z.number().nullable(),
      availability: z.number(),
      met: z.boolean(),
      generatorValid: z.boolean(),
    }),
  ),
  /** Highest rate that met the objective; null when even the lowest did not. */
  journeysPerSecond: z.number().nullable(),
  goodPerSecond: z.number().nullable(),
  bounded: z.enum(['bracketed', 'generator', 'range']),
};
const rateMeasurementSchema = z.strictObject(rateMeasurementShape);
export type RateMeasurement = z.infer<typeof rateMeasurementSchema>;

/** Fewer journeys, on average, say nothing about a rate. */
const leastJourneysAStep = 5;
/** A request that took longer than any deadline allows was not good. */
const longestObjectiveMs = 60_000;

/** What keeps the search from beginning, or from finding anything; `path`: where its settings stand. */
export function rateSearchProblems(
  { startJourneysPerSecond, maxJourneysPerSecond, objective, stepMs }: RateSearchSettings,
  path: string,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const leastRate = (leastJourneysAStep * 1000) / stepMs;
  if (startJourneysPerSecond < leastRate)
    problems.push({
      path: `${path}.startJourneysPerSecond`,
      problem: `in a step of ${stepMs} ms too little comes to be judged; allowed: at least ${significantFigure(leastRate, 3)}`,
    });
  if (maxJourneysPerSecond <= startJourneysPerSecond)
    problems.push({
      path: `${path}.maxJourneysPerSecond`,
      problem: `the highest rate (${maxJourneysPerSecond}) is not above the first (${startJourneysPerSecond})`,
    });
  if (objective.p95Ms > longestObjectiveMs)
    problems.push({
      path: `${path}.objective.p95Ms`,
      problem: `${objective.p95Ms} ms is out of range; allowed: at most ${longestObjectiveMs}`,
    });
  if (objective.availability === 0)
    problems.push({
      path: `${path}.objective.availability`,
      problem: 'must be above 0, or every rate would do; allowed: at most 1',
    });
  return problems;
}
