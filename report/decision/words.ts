import { formatShare, startingWeights, type StartingWeightsName } from '../../engine/model/index.ts';
import type { Decision, DecisionOption } from './decide.ts';

const firmness: Readonly<Record<Decision['firmness'], string>> = {
  firm: 'That is firm',
  likely: 'That is likely, not firm',
  open: 'That is open: the next measurement may turn it',
};

/** The recommendation as one sentence, and how firm it is as another. `titleOf`: how a cut is called. Pure. */
export function recommendationOf(decision: Decision, titleOf: (cut: string) => string): string {
  const [first] = decision.options;
  if (first === undefined) return '';
  const what = first.units === 1 ? 'Leave it whole' : `Cut it as ${titleOf(first.cut)} (${first.units} units)`;
  return `${what}. ${firmness[decision.firmness]}: it is the best in ${formatShare(first.best)} of what the intervals allow.`;
}

/** What spoke most for the best and against it, one sentence; empty where nothing did. Pure. */
export function groundsOf({ options }: Decision): string {
  const [first, second] = options;
  if (first === undefined || second === undefined) return '';
  const gaps = gapsBetween(first, second).toSorted((a, b) => Math.abs(b.gain) - Math.abs(a.gain));
  const named = (some: typeof gaps): string => some.map(({ title }) => title.toLowerCase()).join(', ');
  const [pro, con] = [gaps.filter(({ gain }) => gain > 0), gaps.filter(({ gain }) => gain < 0)];
  if (pro.length === 0) return '';
  return `${named(pro).replace(/^./, (letter) => letter.toUpperCase())} ${pro.length === 1 ? 'speaks' : 'speak'} for it${con.length === 0 ? '' : `, ${named(con)} against it`}.`;
}

function gapsBetween(first: DecisionOption, second: DecisionOption) {
  return first.questions.flatMap(({ name, title, weight, middle }) => {
    const other = second.questions.find((one) => one.name === name)?.middle ?? null;
    return middle === null || other === null || weight === 0 || middle === other
      ? []
      : [{ title, gain: weight * (middle - other) }];
  });
}

/** The smallest change of one weight that would turn the answer, one sentence. Pure. */
export function tippingOf({ tipping, options }: Decision, titleOf: (cut: string) => string): string {
  const [nearest] = tipping;
  if (nearest === undefined || options.length < 2) return 'No weight by itself would turn it.';
  const { title, weight, tipsAt, cut } = nearest;
  const way = tipsAt > weight ? 'more' : 'less';
  return `It would turn to ${titleOf(cut)} if ${title.toLowerCase()} counted ${way}: ${round(tipsAt)} instead of ${round(weight)}.`;
}

const round = (weight: number): string => (Math.round(weight * 10) / 10).toString();

/** The weights of a set as one line. Pure. */
export function weightsInWords(weights: Readonly<Record<string, number | undefined>>): string {
  return Object.entries(weights)
    .flatMap(([name, weight]) => (weight === undefined ? [] : [`${name} ${round(weight)}`]))
    .join(', ');
}

/** Names of the sets of weights to begin with. */
export const startingWeightsNames = Object.keys(startingWeights) as StartingWeightsName[];
