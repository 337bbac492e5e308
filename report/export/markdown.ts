import type { Finding, Result } from '../../engine/model/index.ts';
import { blocksText } from '../data/blocks.ts';
import { answerOf, findingPhrase, findingTitle, boundText, pairsOf, sideText } from '../data/findings.ts';
import { faultSentence, recoveryText } from '../data/isolation-words.ts';
import { faultsOf } from '../data/isolation.ts';
import { overallLoad } from '../data/latency.ts';
import { stormLead, stormSentence } from '../data/storm-words.ts';
import { stormsOf } from '../data/storm.ts';
import { variantTitle } from '../data/variants.ts';
import { formatEffect, formatFloor, formatInstant, formatInterval, formatLevel, formatShare } from '../format/index.ts';
import { environmentFacts } from '../section/environment.tsx';
import { gateSummary, rulesText } from '../section/header.tsx';
import { quantileText } from '../section/latency.tsx';
import { protocol } from '../section/method.tsx';
import { forSharing } from '../sharing.ts';
import type { Exporter } from './exporter.ts';

/** The report as text with tables, for a wiki or a pull request. */
export const markdownExporter: Exporter = {
  name: 'markdown',
  extension: 'md',
  mediaType: 'text/markdown',
  render: (result) => markdown(forSharing(result)),
};

function markdown(result: Result): string {
  const rules = rulesText(result);
  const parts = [
    `# ${text(result.title)}`,
    `${text(result.application.title)}, ${formatInstant(result.startedAt)}, ${result.environment.runtime}, ${blocksText(result)}; ${result.status}; ${gateSummary(result).text}${rules === null ? '' : `; judged by the ${rules}`}.`,
    ...(result.reason === null ? [] : [text(result.reason)]),
    ...pairsOf(result).flatMap((pair) => {
      const answer = answerOf(result, pair);
      return [
        `## ${text(variantTitle(result, pair.variant))} against ${text(variantTitle(result, pair.baseline))}`,
        text(answer.sentence),
        ...list(result, 'Costs', answer.costs),
        ...list(result, 'Buys', answer.buys),
        ...list(result, 'No difference that matters', answer.same),
        ...list(result, 'Not decided', answer.open),
        table(
          ['Measure', pair.baseline, pair.variant, 'Effect', 'Interval', 'Level', 'Noise floor', 'Verdict'],
          pair.findings.map((finding) => [
            findingTitle(finding),
            sideText(result, finding, finding.baseline),
            sideText(result, finding, finding.variant),
            formatEffect(finding.effect, finding.unit),
            formatInterval(finding),
            formatLevel(finding),
            formatFloor(finding),
            [finding.verdict, boundText(finding)].filter((part) => part !== null).join('; '),
          ]),
        ),
      ];
    }),
    ...(result.findings.length === 0 ? ['Nothing could be compared.'] : []),
    '## Response times',
    table(
      ['Variant', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'Availability'],
      overallLoad(result).map((load) => [
        load.variant.title,
        ...load.quantiles.map(quantileText),
        load.availability === null ? 'none' : formatShare(load.availability),
      ]),
    ),
    ...faultsOf(result).flatMap((fault) => [
      `## ${text(fault.label)}`,
      fault.views.map((view) => `- ${text(faultSentence(view))} Recovery: ${text(recoveryText(view))}.`).join('\n'),
    ]),
    ...(stormsOf(result).length === 0
      ? []
      : [
          '## Retry storm',
          text(stormLead(result)),
          stormsOf(result)
            .map((view) => `- ${text(stormSentence(view))}`)
            .join('\n'),
        ]),
    '## Fairness',
    table(
      ['Check', 'Outcome', 'Detail'],
      result.gate.map((check) => [check.title, check.status, check.detail]),
    ),
    '## How it was measured',
    protocol(result)
      .map((sentence) => `- ${text(sentence)}`)
      .join('\n'),
    '## Environment',
    table(['What', 'Value'], environmentFacts(result)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function list(result: Result, title: string, findings: readonly Finding[]): string[] {
  return findings.length === 0
    ? []
    : [`**${title}**\n\n${findings.map((finding) => `- ${text(findingPhrase(result, finding))}`).join('\n')}`];
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return 'Nothing here.';
  const line = (cells: readonly string[]): string => `| ${cells.map(text).join(' | ')} |`;
  return [line(headings), `| ${headings.map(() => '---').join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Text that stays text: no markup, no tables broken, no HTML. */
export function text(value: string): string {
  return value
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[\\`*_{}[\]#|~!]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
