import { minimumBlocks, neverDiffered, plural, ruledOut, type Finding, type Metric } from '../model/index.ts';
import { minimumNoisePairs } from '../statistics/index.ts';
import type { PairedMeasure } from './pair.ts';
import {
  differenceInWords,
  inWords,
  levelInWords,
  pairInWords,
  possessive,
  valueInWords,
  withinSentence,
} from './words.ts';

/** Everything a sentence is made from: the finding without its sentence, and what its blocks were like. */
export interface SentenceInputs {
  finding: Omit<Finding, 'sentence'>;
  paired: PairedMeasure;
  titles: { baseline: string; variant: string };
  endpointTitle?: string;
  /** Exact sign-flip test; null where it was not made. */
  permutationPValue: number | null;
}

/** The finding in one plain sentence, for example "microservices response time p95 is 2.9 x the monolith's, 95 % interval 2.6 to 3.3; noise floor 4 %". */
export function findingSentence(inputs: SentenceInputs): string {
  return `${[`${opening(inputs)}${comparison(inputs)}`, ...remarks(inputs)].join('; ')}.`;
}

function opening({ finding }: SentenceInputs): string {
  switch (finding.verdict) {
    case 'equivalent':
      return 'No difference that matters: ';
    case 'inconclusive':
      if (finding.effect === null) return 'Not compared: ';
      return neverDiffered(finding) ? 'No difference seen, which proves none: ' : 'Undecided: ';
    case 'better':
    case 'worse':
      return '';
    default:
      return finding.verdict satisfies never;
  }
}

function comparison(inputs: SentenceInputs): string {
  const { finding, paired, titles } = inputs;
  const { metric } = paired.baseline;
  const where = [
    inputs.endpointTitle === undefined ? '' : ` of ${inputs.endpointTitle}`,
    finding.scope.fault === undefined ? '' : ` under ${finding.scope.fault}`,
    finding.scope.change === undefined ? '' : ` of ${finding.scope.change}`,
    finding.scope.rate === undefined ? '' : ` at ${inWords(finding.scope.rate)} journeys a second`,
  ].join('');
  const subject = `${titles.variant} ${withinSentence(metric.title)}${where}`;
  const { effect } = finding;
  if (effect === null && paired.pairs.undecidable > 0) {
    return `${subject} cannot be held against the ${possessive(titles.baseline)}: both are only lower bounds`;
  }
  if (effect === null) return `${subject} has no block in common with the ${titles.baseline}${missing(inputs)}`;
  const { unit } = metric;
  const named = intervalName(finding);
  if (effect.kind === 'ratio') {
    const range = rangeInWords(finding, named, (low, to, high) => `${inWords(low)} ${to} ${inWords(high)}`, inWords);
    return `${subject} is ${reach(finding)}${inWords(effect.value)} x the ${possessive(titles.baseline)}${range}`;
  }
  const range = rangeInWords(
    finding,
    named,
    (low, to, high) => pairInWords(differenceInWords(low, unit), to, differenceInWords(high, unit)),
    (end) => differenceInWords(end, unit),
  );
  const values =
    finding.variant.value === null || finding.baseline.value === null
      ? ''
      : ` (${pairInWords(valueInWords(finding.variant.value, unit), 'against', valueInWords(finding.baseline.value, unit))})`;
  if (inWords(effect.value) === '0')
    return `${subject} ${sameAs(finding)} the ${possessive(titles.baseline)}${values}${range}`;
  const direction = effect.value > 0 ? 'above' : 'below';
  return `${subject} is ${reach(finding, effect.value)}${differenceInWords(Math.abs(effect.value), unit)} ${direction} the ${possessive(titles.baseline)}${values}${range}`;
}

/** How values that look the same stand to each other, as far as both are known. */
function sameAs({ openEnd }: SentenceInputs['finding']): string {
  switch (openEnd) {
    case 'low':
      return 'is no larger than';
    case 'high':
      return 'is no smaller than';
    case 'both':
      return 'was not seen to differ from';
    case null:
      return 'equals';
    default:
      return openEnd satisfies never;
  }
}

/** What stands before an effect of which one end is not known; `signed`: a difference, whose size is said with its direction. */
function reach({ openEnd }: SentenceInputs['finding'], signed = 1): string {
  switch (openEnd) {
    case 'low':
      return signed >= 0 ? 'at most ' : 'at least ';
    case 'high':
      return signed >= 0 ? 'at least ' : 'at most ';
    case 'both':
      return 'as far as seen ';
    case null:
      return '';
    default:
      return openEnd satisfies never;
  }
}

/** The interval, as far as its ends are known. */
function rangeInWords(
  { interval, openEnd }: SentenceInputs['finding'],
  named: string,
  both: (low: number, word: 'to', high: number) => string,
  one: (end: number) => string,
): string {
  if (interval === null || openEnd === 'both') return '';
  if (openEnd === 'low') return `, ${named} up to ${one(interval.high)}`;
  if (openEnd === 'high') return `, ${named} ${one(interval.low)} or more`;
  return `, ${named} ${both(interval.low, 'to', interval.high)}`;
}

/** Of what kind the interval is and at which level: that of the verdict. */
function intervalName({ level, method }: SentenceInputs['finding']): string {
  const percent = levelInWords(level ?? 0.05);
  switch (method) {
    case 'exact-requests':
      return `exact ${percent} limits by request`;
    case 'exact-deployments':
      return `exact ${percent} limits by deployment`;
    case 't':
    case 'counted':
    case 'none':
      return `${percent} interval`;
    default:
      return method satisfies never;
  }
}

function missing({ finding, paired, titles }: SentenceInputs): string {
  const { absent } = paired;
  if (absent.baseline !== null) return `, in which the fault cannot happen (${absent.baseline})`;
  if (absent.variant !== null) return `: the fault cannot happen in ${titles.variant} (${absent.variant})`;
  if (finding.baseline.value === null) return ', for which it was not measured';
  return finding.variant.value === null ? `: it was not measured for ${titles.variant}` : '';
}

function remarks({ finding, paired, permutationPValue }: SentenceInputs): string[] {
  const { pairs } = paired;
  const { metric } = paired.baseline;
  const ratio = metric.scale === 'ratio';
  const halfWidth = (value: number) => (ratio ? `${inWords(value * 100, 2)} %` : differenceInWords(value, metric.unit));
  const blocks = pairs.baseline.filter(
    (value, block) => value !== null && (pairs.variant[block] ?? null) !== null,
  ).length;
  const list: string[] = [];
  if (finding.verdict === 'equivalent') list.push(`margin ${halfWidth(finding.margin)}`);
  if (finding.method === 'counted') list.push('counted, the same in every deployment');
  if (finding.otherDeployments !== null && blocks >= minimumBlocks)
    list.push(
      neverDiffered(finding)
        ? `no deployment differed, so at most ${inWords(finding.otherDeployments * 100, 2)} % of others would`
        : `every deployment of a side showed the same, so at most ${inWords(finding.otherDeployments * 100, 2)} % of others would show something else`,
    );
  const bound = boundOf(finding);
  if (bound !== null && blocks >= minimumBlocks) list.push(`the difference is smaller than ${bound}`);
  if (finding.noiseFloor !== null)
    list.push(
      `noise floor ${halfWidth(finding.noiseFloor)}${finding.noisePairs < minimumNoisePairs ? ` from ${plural(finding.noisePairs, 'pair')}, too few to gate` : ''}`,
    );
  if (finding.effect !== null && blocks < minimumBlocks) {
    const all = pairs.baseline.length;
    const who =
      blocks < all
        ? `${blocks} of ${all} blocks ${blocks === 1 ? 'has' : 'have'} a value that counts and cannot`
        : undefined;
    const whole = blocks === 1 ? 'one block cannot' : `${blocks} blocks cannot`;
    list.push(`${who ?? whole} decide, at least ${minimumBlocks} are needed`);
  }
  const bounded = pairs.baselineBounded + pairs.variantBounded;
  if (bounded > 0) list.push(`in ${plural(bounded, 'block')} one side is only known to be at least its value`);
  if (pairs.undecidable > 0 && finding.effect !== null)
    list.push(
      `in ${plural(pairs.undecidable, 'block')} both sides are only known to be at least their values, so nothing is decided`,
    );
  if (paired.leftOut > 0)
    list.push(`${plural(paired.leftOut, 'block')} left out because the load generator was late or could not keep up`);
  const absent = Math.max(0, paired.missing - paired.leftOut);
  if (absent > 0) list.push(`${plural(absent, 'block')} left out because a variant has no value there`);
  if (paired.unsound) list.push('the load generator was late or could not keep up, so nothing is decided');
  if (paired.disturbed > 0)
    list.push(
      paired.disturbed >= blocks
        ? 'on a noisy machine'
        : `${plural(paired.disturbed, 'block')} from a disturbed machine`,
    );
  if (paired.late > 0)
    list.push(`${plural(paired.late, 'block')} with a load generator that was late, which does not touch this`);
  const decided = finding.verdict === 'better' || finding.verdict === 'worse';
  if (decided && permutationPValue !== null && permutationPValue >= 0.05) {
    list.push(`the permutation test does not confirm it (p = ${inWords(permutationPValue, 2)})`);
  }
  if (finding.declared.length > 0) list.push(`declared difference: ${finding.declared.join(', ')}`);
  return list;
}

/** What the interval of an undecided finding rules out; null where that is nothing worth saying. */
function boundOf(finding: SentenceInputs['finding']): string | null {
  const bound = ruledOut(finding);
  if (bound === null) return null;
  if (bound.kind === 'difference') return differenceInWords(bound.size, finding.unit as Metric['unit']);
  return bound.size <= 2 ? `${inWords((bound.size - 1) * 100, 2)} %` : `${inWords(bound.size)} x`;
}
