import { metricOf, withFaultsInWords, type Finding } from '../../model/index.ts';
import { differenceInWords, inWords, valueInWords } from '../words.ts';

/**
 * A finding for whoever knows the claim and no statistics: what was looked at, the value of each side, how far they are apart and between which limits. `titleOf`: how a variant is called; `changeOf`: how a change is. For example
 * "Response time p50: microservices 4.83 ms, monolith 1.23 ms (3.93 x as much, 1.90 to 8.14).". Pure.
 */
export function inPlainWords(
  finding: Finding,
  titleOf: (variant: string) => string,
  changeOf: (change: string) => string = (name) => name,
): string {
  const { metric, scope, baseline, variant, effect, interval, verdict } = finding;
  const { title, unit } = metricOf(metric);
  const where = [
    scope.fault === undefined ? '' : ` ${withFaultsInWords(`under ${scope.fault}`)}`,
    scope.change === undefined ? '' : ` when "${changeOf(scope.change)}" is released`,
    scope.rate === undefined ? '' : ` at ${inWords(scope.rate)} journeys a second`,
  ].join('');
  const side = ({ variant: name, value }: Finding['baseline']): string =>
    `${titleOf(name)} ${value === null ? 'not measured' : valueInWords(value, unit)}`;
  const apart = (value: number): string => (effect?.kind === 'ratio' ? inWords(value) : differenceInWords(value, unit));
  const limits = interval === null ? '' : `, ${apart(interval.low)} to ${apart(interval.high)}`;
  const far =
    effect === null
      ? ''
      : ` (${effect.kind === 'ratio' ? `${apart(effect.value)} x as much` : `${apart(effect.value)} apart`}${limits})`;
  const how = { inconclusive: 'Not decided: ', equivalent: 'No difference that matters: ', better: '', worse: '' }[
    verdict
  ];
  return `${how}${title}${where}: ${side(variant)}, ${side(baseline)}${far}.`;
}
