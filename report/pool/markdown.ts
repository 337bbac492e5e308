import type { Pooled, PooledFinding } from '../../engine/evaluation/index.ts';
import { sortedFindings, findingTitle } from '../data/findings.ts';
import { formatEffect, formatLevel } from '../format/index.ts';
import { table, text } from '../format/markdown.ts';
import { forSharing } from '../sharing.ts';
import {
  anotherText,
  cautionsOf,
  heterogeneityText,
  machineLine,
  machineValueText,
  pooledFrom,
  pooledIntervalText,
  pooledPairs,
  spreadText,
  verdictText,
} from './words.ts';

/** Results of several machines as one document. Pure. */
export function pooledMarkdown(given: Pooled): string {
  const pooled = forSharing(given);
  const { title, machines, left } = pooled;
  const list = (lines: readonly string[]): string => lines.map((line) => `- ${text(line)}`).join('\n');
  return `${[
    `# ${text(title)}, on several machines`,
    `${text(pooledFrom(pooled))}.`,
    ...cautionsOf(pooled).map(text),
    ...pooledPairs(pooled).flatMap(({ baseline, variant, findings }) => [
      `## ${text(variant)} against ${text(baseline)}`,
      table(
        [
          'Measure',
          'Machines',
          'Effect',
          'Interval',
          'Level',
          'Another machine would show (95 %)',
          'Machines differ by',
          'I²',
          'Verdict',
        ],
        sortedFindings(findings).map((finding) => [
          findingTitle(finding),
          `${finding.values.length}`,
          formatEffect(finding.effect, finding.unit, finding.openEnd),
          pooledIntervalText(finding),
          formatLevel(finding),
          anotherText(finding),
          spreadText(finding),
          heterogeneityText(finding),
          verdictText(finding),
        ]),
      ),
      '### Each machine',
      table(
        ['Measure', ...machines.map((_, at) => `${at + 1}`)],
        sortedFindings(findings).map((finding) => eachOf(finding, machines.length)),
      ),
    ]),
    '## Machines',
    machines.map((one, at) => `${at + 1}. ${text(machineLine(one))}`).join('\n'),
    ...(left.length === 0 ? [] : ['## Not pooled', list(left.map(({ name, because }) => `${name}: ${because}`))]),
  ].join('\n\n')}\n`;
}

function eachOf(finding: PooledFinding, machines: number): string[] {
  return [
    findingTitle(finding),
    ...Array.from({ length: machines }, (_, at) => {
      const value = finding.values.find(({ machine }) => machine === at);
      return value === undefined ? 'not compared' : machineValueText(finding, value);
    }),
  ];
}
