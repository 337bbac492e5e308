import pc from 'picocolors';
import { allPrintable, type Finding, type Result } from '../../engine/model/index.ts';
import {
  answerOf,
  blocksText,
  findingTitle,
  formatEffect,
  formatInterval,
  pairsOf,
  sideText,
  spokenAnswer,
  trustIn,
  whyNotCompared,
  type Pair,
} from '../../report/index.ts';
import { claimText } from './claim.ts';
import { columns, paragraph } from './columns.ts';

/** Indent, measure, baseline, variant, effect, interval: together as wide as a terminal. */
const widths = [2, 28, 11, 14, 9, 16];

/** What a person wants to know first: what each cut costs and buys, in plain words and then in numbers, no wider than a terminal. */
export function summaryOf(given: Result): string {
  const result = allPrintable(given);
  const pairs = pairsOf(result);
  const parts = [
    pc.bold(paragraph(headline(result))),
    ...(pairs.length === 0 ? ['Nothing could be compared.'] : pairs.map((pair) => pairInWords(result, pair))),
    ...claimText(result),
  ];
  return `\n${parts.join('\n\n')}\n`;
}

function headline(result: Result): string {
  const { title, status, environment, rounds, rules } = result;
  const ended = rounds.filter((round) => round.status !== 'cancelled').length;
  const cut = status === 'completed' ? '' : ` (${status} after ${ended} ${ended === 1 ? 'round' : 'rounds'})`;
  return `${title}, on ${environment.runtime}, ${blocksText(result)}${cut}${rules === 1 ? ', rules of version 1' : ''}`;
}

function pairInWords(result: Result, pair: Pair): string {
  const answer = answerOf(pair);
  const { costs, buys, same, unseen, open } = answer;
  const { baseline, variant } = pair;
  const trust = trustIn(result);
  const undecidedOnly = open.length > 0 && costs.length + buys.length + same.length + unseen.length === 0;
  const groups: [title: string, findings: Finding[]][] = [
    [pc.red(`What ${variant} costs`), costs],
    [pc.green(`What ${variant} buys`), buys],
    [pc.blue('No difference that matters'), same],
    [pc.blue('No difference seen in any deployment'), unseen],
    ...whys(open).map((one): [title: string, findings: Finding[]] => [
      pc.dim(`Not decided${one}`),
      open.filter((finding) => why(finding) === one),
    ]),
  ];
  const head = ['', '', baseline, variant, 'effect', 'interval'].map((text) => pc.dim(text));
  return [
    ...(undecidedOnly
      ? [paragraph(`Nothing is decided yet between ${baseline} and ${variant}.`)]
      : spokenAnswer(result, answer).map((sentence) => paragraph(sentence))),
    paragraph(`${trust.words}: ${trust.facts.join('; ')}.`),
    columns([head], widths),
    ...groups
      .filter(([, findings]) => findings.length > 0)
      .flatMap(([title, findings]) => [
        title,
        columns(
          findings.map((finding) => row(result, finding)),
          widths,
        ),
      ]),
  ].join('\n');
}

/** What keeps a finding from being decided, where its sentence tells: the last remark of most use to a newcomer. */
function why(finding: Finding): string {
  const { effect, sentence } = finding;
  if (effect === null) return `: ${whyNotCompared(finding)}`;
  const needed = /(?:one block|\d+ blocks) cannot decide, at least \d+ are needed/.exec(sentence)?.[0];
  return needed === undefined ? '' : `: ${needed} (--budget, --blocks)`;
}

/** The different reasons among them, in the order they come. */
const whys = (findings: readonly Finding[]): string[] => [...new Set(findings.map(why))];

function row(result: Result, finding: Finding): string[] {
  return [
    '',
    findingTitle(finding),
    sideText(result, finding, finding.baseline),
    sideText(result, finding, finding.variant),
    formatEffect(finding.effect, finding.unit, finding.openEnd),
    finding.interval === null ? '' : formatInterval(finding),
  ];
}
