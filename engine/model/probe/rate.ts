import type { FieldProblem } from '../field-problem.ts';
import type { LoadSettings } from '../load-settings.ts';
import { highestPlannedRate } from '../load.ts';

/** What is wrong with a rate that is so many times the experiment's; `path`: where the factor stands. */
export function factorProblems(path: string, factor: number, { journeysPerSecond }: LoadSettings): FieldProblem[] {
  if (factor * journeysPerSecond <= highestPlannedRate) return [];
  return [
    {
      path,
      problem: `${factor} times ${journeysPerSecond} journeys a second is out of range; allowed: at most ${highestPlannedRate} a second`,
    },
  ];
}
