import { evaluationOf, type ProbeMeasure } from './all-measures.ts';
import type { ChosenRound } from './choose.ts';
import { isImpossible } from './condition.ts';
import type { Condition } from './probe.ts';

/**
 * How far one measure of a round can be trusted. A part is `invalid` because some of its response times were the generator's doing; what does not
 * rest on those, such as the memory of the units, is then no worse than on a machine that was not quiet.
 */
export function qualityOf(measure: Pick<ProbeMeasure, 'metric' | 'scope' | 'probe'>, chosen: ChosenRound): Condition {
  const { round, condition } = chosen;
  if (condition !== 'invalid' || isImpossible(round)) return condition;
  return (evaluationOf(measure.probe)?.isSpoilt?.(measure, round) ?? false) ? 'invalid' : 'disturbed';
}
