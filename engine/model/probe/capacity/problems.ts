import type { FieldProblem } from '../../field-problem.ts';
import { significantFigure } from '../../figure.ts';
import type { CapacitySettings } from './settings.ts';

/** Fewer journeys, on average, say nothing about a rate. */
const leastJourneysAStep = 5;
/** A request that took longer than any deadline allows was not good. */
const longestObjectiveMs = 60_000;

/** What keeps the search from beginning, or from finding anything. */
export function capacityProblems({
  startJourneysPerSecond,
  maxJourneysPerSecond,
  objective,
  stepMs,
}: CapacitySettings): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const leastRate = (leastJourneysAStep * 1000) / stepMs;
  if (startJourneysPerSecond < leastRate)
    problems.push({
      path: 'probes.capacity.startJourneysPerSecond',
      problem: `in a step of ${stepMs} ms too little comes to be judged; allowed: at least ${significantFigure(leastRate, 3)}`,
    });
  if (maxJourneysPerSecond <= startJourneysPerSecond)
    problems.push({
      path: 'probes.capacity.maxJourneysPerSecond',
      problem: `the highest rate (${maxJourneysPerSecond}) is not above the first (${startJourneysPerSecond})`,
    });
  if (objective.p95Ms > longestObjectiveMs)
    problems.push({
      path: 'probes.capacity.objective.p95Ms',
      problem: `${objective.p95Ms} ms is out of range; allowed: at most ${longestObjectiveMs}`,
    });
  if (objective.availability === 0)
    problems.push({
      path: 'probes.capacity.objective.availability',
      problem: 'must be above 0, or every rate would do; allowed: at most 1',
    });
  return problems;
}
