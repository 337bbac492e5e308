import { type Finding, type Result, type Together } from '../../../engine/model/index.ts';
import { variantTitle } from '../../data/variants.ts';
import { formatMs, formatCount } from '../../format/index.ts';
import type { ChangeView, ReleaseView } from './data.ts';

/** What the releases of a run show, in sentences that can be read aloud: where changes are live sooner, how units may go out, and what a release costs that should not have been. Pure. */
export function releaseSentences(result: Result, changes: readonly ChangeView[]): string[] {
  return [...soonerSentences(result, changes), ...togetherSentences(changes), ...badSentences(changes)];
}

function soonerSentences(result: Result, changes: readonly ChangeView[]): string[] {
  const findings = result.findings.filter(({ metric }) => metric === 'edit-to-live');
  const pairs = [...new Set(findings.map(({ baseline, variant }) => `${baseline.variant}\n${variant.variant}`))];
  return pairs.flatMap((pair) => {
    const [baseline = '', variant = ''] = pair.split('\n');
    const of = (verdict: Finding['verdict']): string[] =>
      findings
        .filter(
          (finding) =>
            finding.verdict === verdict && finding.baseline.variant === baseline && finding.variant.variant === variant,
        )
        .map(({ scope }) => titleOf(changes, scope.change ?? ''));
    const [sooner, later] = [variantTitle(result, variant), variantTitle(result, baseline)];
    return [
      sentence(`Live sooner in ${sooner} than in ${later}:`, of('better')),
      sentence(`Live sooner in ${later} than in ${sooner}:`, of('worse')),
      sentence(`As soon in ${sooner} as in ${later}:`, of('equivalent')),
      sentence(`Not decided between ${later} and ${sooner}:`, of('inconclusive')),
    ].filter((text) => text !== '');
  });
}

const howTheyGo: Record<Together, string> = {
  'any-order': 'Can go out unit by unit, in any order:',
  'providers-first': 'Can go out unit by unit, if whoever answers goes first:',
  'callers-first': 'Can go out unit by unit, if whoever asks goes first:',
  'at-once': 'Must go out in one moment, or somebody is not served:',
};

function togetherSentences(changes: readonly ChangeView[]): string[] {
  const ways = Object.keys(howTheyGo) as Together[];
  return ways
    .map((way) =>
      sentence(
        howTheyGo[way],
        changes.flatMap((change) => {
          const cuts = change.contracts.filter(({ seen }) => seen === way).map(({ variant }) => variant.title);
          return cuts.length === 0 ? [] : [`${titleOf(changes, change.name)} (${cuts.join(', ')})`];
        }),
      ),
    )
    .filter((text) => text !== '');
}

function badSentences(changes: readonly ChangeView[]): string[] {
  return changes.flatMap((change) => {
    const isBad = change.change?.kind.startsWith('bug-') === true;
    const told = change.releases.flatMap((release) => {
      if (release.noticed !== null) return [badInWords(release, release.noticed)];
      return isBad && release.watchedMs !== null ? [unnoticedInWords(release, release.watchedMs)] : [];
    });
    return told.length === 0 ? [] : [sentence(`${titleOf(changes, change.name)}, released by mistake:`, told)];
  });
}

function badInWords(
  { variant, lost, deployments }: ReleaseView,
  { noticedMs, wholeMs, deployments: noticedIn }: NonNullable<ReleaseView['noticed']>,
): string {
  const often =
    noticedIn === deployments ? '' : `, in ${formatCount(noticedIn)} of ${formatCount(deployments)} deployments`;
  return `in ${variant.title} noticed after ${formatMs(noticedMs)} and undone after ${formatMs(wholeMs)}${often}, ${formatCount(lost)} requests lost`;
}

const unnoticedInWords = ({ variant, lost }: ReleaseView, watchedMs: number): string =>
  `in ${variant.title} not noticed in the ${formatMs(watchedMs)} that it was watched, ${formatCount(lost)} requests lost`;

const titleOf = (changes: readonly ChangeView[], name: string): string =>
  `\u201c${changes.find((change) => change.name === name)?.change?.title ?? name}\u201d`;

const sentence = (begin: string, parts: readonly string[]): string =>
  parts.length === 0 ? '' : `${begin} ${parts.join('; ')}.`;
