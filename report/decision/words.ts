import { formatShare, startingWeights, type StartingWeightsName } from '../../engine/model/index.ts';
import type { Decision, DecisionOption } from './decide.ts';

const firmnessWords: Readonly<Record<Exclude<Decision['firmness'], 'none'>, string>> = {
  firm: 'That is firm',
  likely: 'That is likely, not firm',
  open: 'That is open, and the next measurement may turn it',
};

/** The recommendation as one sentence, and how firm it is as another. `titleOf`: how a cut is called. Pure. */
export function recommendationOf(decision: Decision, titleOf: (cut: string) => string): string {
  const [first] = decision.options;
  if (first === undefined) return '';
  if (decision.firmness === 'none')
    return 'Nothing that counts with these weights was measured, so there is nothing to decide by.';
  const what = whatToDo(first, titleOf);
  const only =
    decision.openEnded && decision.firmness !== 'open'
      ? ', as far as intervals tell that have an open end and hold on one side only'
      : '';
  const rest =
    decision.measuredShare > 0.995
      ? ''
      : ` That rests on ${formatShare(decision.measuredShare)} of the weight: of the rest nothing was measured.`;
  return `${what}. ${firmnessWords[decision.firmness]}${only}: it is the best in ${formatShare(first.best)} of what the intervals allow.${rest}`;
}

function whatToDo({ cut, units, outside }: DecisionOption, titleOf: (cut: string) => string): string {
  if (units === 1) return 'Leave it whole';
  const how =
    outside.length > 0 && outside.length <= 2 ? `Cut out only ${outside.join(' and ')}` : `Cut it as ${titleOf(cut)}`;
  return `${how} (${units} units)`;
}

/** Which cuts were not among those to choose from, and why, a sentence each. Pure. */
export function leftOutInWords({ leftOut }: Pick<Decision, 'leftOut'>, titleOf: (cut: string) => string): string[] {
  return leftOut.map(
    ({ cut, lacks }) =>
      `Not among them is ${titleOf(cut)}: it was not measured as the others were for ${lacks.map((title) => title.toLowerCase()).join(', ')}.`,
  );
}

/** What spoke most for the best and against it, as far as the intervals tell, and what could not tell; empty where nothing did. Pure. */
export function groundsOf(decision: Decision): string {
  const gaps = comparedIn(decision).toSorted((a, b) => b.weight * Math.abs(b.gain) - a.weight * Math.abs(a.gain));
  const of = (side: Compared['side']): string[] =>
    gaps.filter((one) => one.side === side).map(({ title }) => title.toLowerCase());
  const [pro, con, open] = [of('first'), of('other'), of('open')];
  const told = [
    ...(pro.length === 0 ? [] : [`${pro.join(', ')} ${pro.length === 1 ? 'speaks' : 'speak'} for it`]),
    ...(con.length === 0
      ? []
      : [`${con.join(', ')} ${pro.length > 0 ? '' : con.length === 1 ? 'speaks ' : 'speak '}against it`]),
  ].join(', ');
  const untold = open.length === 0 ? '' : `${open.join(', ')} could not tell`;
  const all = [told, untold].filter((text) => text !== '').join('; ');
  return all === '' ? '' : `${all.replace(/^./, (letter) => letter.toUpperCase())}.`;
}

interface Compared {
  title: string;
  weight: number;
  /** How much better the first does, by the middles. */
  gain: number;
  /** Which of the two does better by the whole of its interval; `open`: they overlap; `same`: both are one and the same. */
  side: 'first' | 'other' | 'open' | 'same';
}

/** What the two best were compared by and what counts, question by question. Pure. */
export function comparedIn({ options: [first, second], counting }: Pick<Decision, 'options' | 'counting'>): Compared[] {
  if (first === undefined || second === undefined) return [];
  return first.questions.flatMap(({ name, title, weight, low, middle, high }) => {
    if (!counting.has(name)) return [];
    const other = second.questions.find((one) => one.name === name);
    if (low === null || middle === null || high === null) return [];
    if (other === undefined || other.low === null || other.middle === null || other.high === null) return [];
    const [isSure, isLess] = [low > other.high, high < other.low];
    const isSame = low === high && other.low === other.high && low === other.low;
    return [
      {
        ...{ title, weight, gain: middle - other.middle },
        side: isSure ? 'first' : isLess ? 'other' : isSame ? 'same' : 'open',
      },
    ];
  });
}

/** The smallest change of one weight that would turn the answer, one sentence. Pure. */
export function tippingOf({ tipping, options, firmness }: Decision, titleOf: (cut: string) => string): string {
  const [nearest] = tipping;
  if (firmness === 'none') return '';
  if (nearest === undefined || options.length < 2) return 'No weight by itself would turn it.';
  const { title, weight, tipsAt, cut } = nearest;
  const way = tipsAt > weight ? 'more' : 'less';
  const turn = `It would turn to ${titleOf(cut)} if ${title.toLowerCase()} counted`;
  if (tipsAt === weight) return `As good by the middles is ${titleOf(cut)}: any weight may turn it.`;
  return round(tipsAt) === round(weight)
    ? `${turn} the least bit ${way} than ${round(weight)}.`
    : `${turn} ${way}: ${round(tipsAt)} instead of ${round(weight)}.`;
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
