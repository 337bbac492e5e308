import { startingWeights, type Claims } from '../../engine/model/index.ts';
import { decide, type Decision } from './decide.ts';
import { startingWeightsNames } from './words.ts';

/** What one of the sets of weights to begin with leads to. */
export interface SetDecision {
  title: string;
  weights: Readonly<Record<string, number>>;
  decision: Decision;
}

/** What each set of weights leads to; empty where no two cuts were compared. Pure. */
export function decideForSets(claims: Pick<Claims, 'facts' | 'units'>): SetDecision[] {
  return startingWeightsNames.flatMap((name) => {
    const { title, weights } = startingWeights[name];
    const decision = decide(claims, weights);
    return decision === null ? [] : [{ title, weights, decision }];
  });
}

/** Why all sets of weights lead to the same cut, one sentence; null where they do not. Pure. */
export function whyAllAgree(sets: readonly SetDecision[], titleOf: (cut: string) => string): string | null {
  const [first] = sets;
  const [best, second] = first?.decision.options ?? [];
  if (best === undefined || second === undefined) return null;
  if (new Set(sets.map(({ decision }) => decision.options[0]?.cut)).size > 1) return null;
  const better = best.questions.filter(({ name, middle }) => {
    const other = second.questions.find((one) => one.name === name)?.middle ?? null;
    return middle !== null && other !== null && middle > other;
  });
  const measured = best.questions.filter(({ middle }) => middle !== null).length;
  return `All sets of weights lead to ${titleOf(best.cut)}: of ${measured} questions that were measured it does better than ${titleOf(second.cut)} in ${better.length}${better.length === 0 ? '' : ` (${better.map(({ title }) => title.toLowerCase()).join(', ')})`}. What was not measured could not speak for another.`;
}
