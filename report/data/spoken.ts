import { own, withFaultsInWords, type Finding, type Result } from '../../engine/model/index.ts';
import { formatNumber, formatRatio, formatValue, metricOfFinding, metricTitle } from '../format/index.ts';
import { boundText, sideText, whyNotCompared, type Answer } from './findings.ts';
import { variantTitle } from './variants.ts';

/** The answer in sentences that can be read aloud: what the cut costs, what it buys, what a fault does to either, what is the same, what no deployment showed, what is not known, and what cannot be compared. */
export function spokenAnswer(result: Result, { pair, costs, buys, same, unseen, open, apart }: Answer): string[] {
  const [variant, baseline] = [variantTitle(result, pair.variant), variantTitle(result, pair.baseline)];
  const differing = [...costs, ...buys];
  const list = (findings: readonly Finding[], rate?: number) =>
    findings
      .filter(({ scope }) => scope.fault === undefined && scope.change === undefined && scope.rate === rate)
      .map((finding) => `${comparison(finding)} (${sides(result, finding)})`);
  const sentences = [
    told(`Against ${baseline}, ${variant} costs here:`, list(costs)),
    told('It buys here:', list(buys)),
    ...ratesOf(differing).map((rate) => told(`At ${formatNumber(rate)} journeys a second:`, list(differing, rate))),
    ...changesOf(differing).map((change) =>
      told(
        `${own(result.application.changes ?? {}, change)?.title ?? change}:`,
        differing
          .filter(({ scope }) => scope.change === change)
          .map((finding) => `${comparison(finding)} (${sides(result, finding)})`),
      ),
    ),
    ...faultsOf([...differing, ...same]).map(([fault, findings]) =>
      underFault(result, fault, findings, { variant, baseline }),
    ),
    told(
      'No difference that matters:',
      same.filter(({ scope }) => scope.fault === undefined).map((finding) => namedUnderFault(result, finding)),
    ),
    ...unseenIn(result, unseen),
    told(
      'Not known from this run:',
      open.map((finding) => {
        const bound = boundText(finding);
        return `${namedUnderFault(result, finding)}${bound === null ? '' : ` (the difference is ${bound})`}`;
      }),
    ),
    told(
      'Not compared:',
      apart.map((finding) => `${namedUnderFault(result, finding)} (${whyNotCompared(result, finding)})`),
    ),
  ].filter((sentence) => sentence !== '');
  return sentences.length > 0 ? sentences : [`No headline measure compares ${variant} with ${baseline}.`];
}

/** What was the same in every deployment, and how many others may still differ. */
function unseenIn(result: Result, findings: readonly Finding[]): string[] {
  const others = Math.max(...findings.map(({ otherDeployments }) => otherDeployments ?? 0));
  return findings.length === 0
    ? []
    : [
        `No difference seen in any deployment (up to ${formatNumber(others * 100, 2)} % of others may differ): ${findings
          .map((finding) => `${namedUnderFault(result, finding)} (${sideText(result, finding, finding.variant)})`)
          .join('; ')}.`,
      ];
}

function told(opening: string, parts: readonly string[]): string {
  return parts.length === 0 ? '' : `${opening} ${parts.join('; ')}.`;
}

/** A measure as it stands within a sentence. */
function withinList(finding: Finding): string {
  const title = metricTitle(finding);
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** A measure and the rate at which it was taken, where that is not the usual one. */
function named(finding: Finding): string {
  const { rate } = finding.scope;
  return `${withinList(finding)}${rate === undefined ? '' : ` at ${formatNumber(rate)} journeys a second`}`;
}

function namedUnderFault(result: Result, finding: Finding): string {
  const { fault, change } = finding.scope;
  return `${named(finding)}${fault === undefined ? '' : ` ${clauseOf(result, fault)}`}${change === undefined ? '' : ` of ${change}`}`;
}

/** "the median answer takes 2.9 times as long", "memory in use is 38 % less", "recovery is lower by at least 16 s". */
function comparison(finding: Finding): string {
  const { effect } = finding;
  const spoken = metricOfFinding(finding)?.spoken;
  if (spoken?.as === 'number' && effect?.kind === 'difference') {
    const bound = boundOf(finding, effect.value >= 0);
    return `${spoken.words} ${effect.value >= 0 ? 'higher' : 'lower'} by ${bound}${formatValue(Math.abs(effect.value), finding.unit)}`;
  }
  if (spoken === undefined || spoken.as === 'number' || effect?.kind !== 'ratio')
    return `${withinList(finding)} ${difference(finding)}`.trimEnd();
  const [more, less, as] = spoken.as === 'time' ? ['longer', 'less time', 'as long'] : ['more', 'less', 'as much'];
  const { value } = effect;
  const bound = boundOf(finding, value >= 1);
  if (value >= 2) return `${spoken.words} ${bound}${formatNumber(value)} times ${as}`;
  return `${spoken.words} ${bound}${formatNumber(Math.abs(value - 1) * 100, 2)} % ${value >= 1 ? more : less}`;
}

/** What stands before the size of an effect of which one end is not known; `rises`: the variant's values are larger. */
function boundOf({ openEnd }: Finding, rises: boolean): string {
  if (openEnd !== 'low' && openEnd !== 'high') return '';
  return (openEnd === 'high') === rises ? 'at least ' : 'at most ';
}

function difference(finding: Finding): string {
  const { effect, unit } = finding;
  if (effect === null) return '';
  const bound = boundOf(finding, effect.kind === 'ratio' ? effect.value >= 1 : effect.value >= 0);
  if (effect.kind === 'ratio') return `${bound}${formatRatio(effect.value)}`;
  return `${effect.value >= 0 ? 'is higher by' : 'is lower by'} ${bound}${unit === 'share' ? `${formatNumber(Math.abs(effect.value) * 100)} points` : formatValue(Math.abs(effect.value), unit)}`;
}

function sides(result: Result, finding: Finding): string {
  return `${sideText(result, finding, finding.baseline)} → ${sideText(result, finding, finding.variant)}`;
}

const ratesOf = (findings: readonly Finding[]): number[] => [
  ...new Set(findings.flatMap(({ scope }) => scope.rate ?? [])),
];

const changesOf = (findings: readonly Finding[]): string[] => [
  ...new Set(findings.flatMap(({ scope }) => scope.change ?? [])),
];

function faultsOf(findings: readonly Finding[]): [label: string, findings: Finding[]][] {
  const labels = new Set(findings.flatMap(({ scope }) => scope.fault ?? []));
  return [...labels].map((label) => [label, findings.filter(({ scope }) => scope.fault === label)]);
}

function underFault(
  result: Result,
  label: string,
  findings: readonly Finding[],
  { variant, baseline }: { variant: string; baseline: string },
): string {
  const said = findings.map((finding) => {
    const [before, after] = [sideText(result, finding, finding.baseline), sideText(result, finding, finding.variant)];
    const values =
      finding.metric === 'lost-good-requests'
        ? `${variant} loses ${after}, ${baseline} ${before}`
        : `${withinList(finding)} is ${after} in ${variant} and ${before} in ${baseline}`;
    return finding.verdict === 'equivalent' ? `${values}, which is no difference that matters` : values;
  });
  return `${capital(clauseOf(result, label))}: ${said.join('; ')}.`;
}

/** "Recommendations crashes", from the label that findings carry. */
function clauseOf({ application }: Result, label: string): string {
  return withFaultsInWords(`under ${label}`, (name) => own(application.modules, name)?.title ?? name);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
