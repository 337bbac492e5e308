import pc from 'picocolors';
import { allPrintable, storeInWords, type Finding, type Result } from '../../engine/model/index.ts';
import {
  answerOf,
  answersSentences,
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
    ...answersSentences(result).map((sentence) => paragraph(sentence)),
    ...claimText(result),
  ];
  return `\n${parts.join('\n\n')}\n`;
}

function headline(result: Result): string {
  const { title, status, environment, rounds, rules } = result;
  const ended = rounds.filter((round) => round.status !== 'cancelled').length;
  const cut = status === 'completed' ? '' : ` (${status} after ${ended} ${ended === 1 ? 'round' : 'rounds'})`;
  return `${title}, on ${environment.runtime}${storeOf(result)}, ${blocksText(result)}${cut}${rules === 1 ? ', rules of version 1' : ''}`;
}

/** Where all variants keep their data the same way, and not in files, that is said; a store that differs is a declared difference, which findings name. */
function storeOf({ experiment }: Result): string {
  const [store, ...others] = new Set(experiment.variants.map(({ settings }) => settings.store));
  return store === undefined || store === 'sqlite' || others.length > 0 ? '' : `, ${storeInWords(store)}`;
}

function pairInWords(result: Result, pair: Pair): string {
  const answer = answerOf(pair);
  const { costs, buys, same, unseen, open, apart } = answer;
  const { baseline, variant } = pair;
  const trust = trustIn(result);
  const undecidedOnly = open.length > 0 && costs.length + buys.length + same.length + unseen.length === 0;
  const groups: [title: string, findings: Finding[]][] = [
    [pc.red(`What ${variant} costs`), costs],
    [pc.green(`What ${variant} buys`), buys],
    [pc.blue('No difference that matters'), same],
    [pc.blue('No difference seen in any deployment'), unseen],
    ...byReason('Not decided', open, why),
    ...byReason('Not compared', apart, (finding) => `: ${whyNotCompared(result, finding)}`),
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
function why({ sentence }: Finding): string {
  const needed =
    /(?:one block|\d+ (?:of \d+ )?blocks)(?: ha(?:s|ve) a value that counts and)? cannot decide, at least \d+ are needed/.exec(
      sentence,
    )?.[0];
  return needed === undefined ? '' : `: ${needed} (--budget, --blocks)`;
}

/** Findings under a title with their reason, a group for each reason, in the order they come. */
function byReason(
  title: string,
  findings: readonly Finding[],
  reasonOf: (finding: Finding) => string,
): [title: string, findings: Finding[]][] {
  return [...new Set(findings.map(reasonOf))].map((reason) => [
    pc.dim(`${title}${reason}`),
    findings.filter((finding) => reasonOf(finding) === reason),
  ]);
}

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
