import { startingWeights } from '../../engine/model/index.ts';
import { decide, type Decision, type Weighed } from './decide.ts';
import { comparedIn, startingWeightsNames } from './words.ts';

/** What one of the sets of weights to begin with leads to. */
export interface SetDecision {
  title: string;
  weights: Readonly<Record<string, number>>;
  decision: Decision;
}

/** What each set of weights leads to; empty where no two cuts were compared. Pure. */
export function decideForSets(claims: Weighed): SetDecision[] {
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
  if (first?.decision.firmness === 'none') return null;
  const compared = comparedIn(first?.decision ?? { options: [], counting: new Set() });
  const better = compared.filter(({ side }) => side === 'first');
  const asked = compared.length === 1 ? '1 question that was' : `${compared.length} questions that were`;
  const named = better.length === 0 ? '' : ` (${better.map(({ title }) => title.toLowerCase()).join(', ')})`;
  return `All three sets of weights lead to ${titleOf(best.cut)}: of ${asked} measured in both, ${better.length === 0 ? 'none' : better.length} ${better.length > 1 ? 'speak' : 'speaks'} for it rather than for ${titleOf(second.cut)}${named}. What was not measured could not speak for another.`;
}
