import { replacementInWords, type ExploreReplacement } from '../../engine/model/index.ts';
import { formatTook } from '../../report/index.ts';

/** What replacement is under way, or what came of the last one, in a sentence or two. Pure. */
export function outcomeInWords(replacement: ExploreReplacement | null): string {
  if (replacement === null)
    return 'Nothing was replaced yet. The menu of a unit replaces it, or starts one more instance of it, while visitors go on.';
  const { what, end } = replacement;
  if (end === null) return `${replacementInWords(what, 'under-way')}.`;
  if (end.problem !== null)
    return `${replacementInWords(what, 'failed')}: ${end.problem}${/[.!?]$/.test(end.problem) ? '' : '.'}`;
  return `${replacementInWords(what, 'done')}. It took ${formatTook(end.tookMs)}.`;
}
