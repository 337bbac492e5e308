import type { Result } from '../../engine/model/index.ts';
import { blocksText } from '../data/blocks.ts';
import { answerOf, findingTitle, boundText, pairsOf, sideText } from '../data/findings.ts';
import { spokenAnswer } from '../data/spoken.ts';
import { trustIn } from '../data/trust.ts';
import { variantTitle } from '../data/variants.ts';
import { formatEffect, formatFloor, formatInstant, formatInterval, formatLevel } from '../format/index.ts';
import { table, text } from '../format/markdown.ts';
import { environmentFacts } from '../section/environment.tsx';
import { gateSummary, rulesText } from '../section/header.tsx';
import { reportProbes } from '../section/index.ts';
import { protocol } from '../section/method.tsx';
import type { ReportProbe } from '../section/probe.ts';
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
      const trust = trustIn(result);
      return [
        `## ${text(variantTitle(result, pair.variant))} against ${text(variantTitle(result, pair.baseline))}`,
        ...spokenAnswer(result, answerOf(pair)).map((sentence) => text(sentence)),
        text(`${trust.words}: ${trust.facts.join('; ')}.`),
        table(
          ['Measure', pair.baseline, pair.variant, 'Effect', 'Interval', 'Level', 'Noise floor', 'Verdict'],
          pair.findings.map((finding) => [
            findingTitle(finding),
            sideText(result, finding, finding.baseline),
            sideText(result, finding, finding.variant),
            formatEffect(finding.effect, finding.unit, finding.openEnd),
            formatInterval(finding),
            formatLevel(finding),
            formatFloor(finding),
            [finding.verdict, boundText(finding)].filter((part) => part !== null).join('; '),
          ]),
        ),
      ];
    }),
    ...(result.findings.length === 0 ? ['Nothing could be compared.'] : []),
    ...Object.values(reportProbes).flatMap(({ markdown: own }: ReportProbe) => own?.(result) ?? []),
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
