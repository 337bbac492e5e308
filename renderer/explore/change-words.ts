import { changeInWords, type ExploreChange } from '../../engine/model/index.ts';
import { formatTook } from '../../report/index.ts';

/** What change is under way, or what came of the last one, in a sentence or two. Pure. */
export function outcomeInWords(change: ExploreChange | null): string {
  if (change === null)
    return 'Nothing was changed yet. The menu of a unit replaces it, or starts one more instance of it, while visitors go on.';
  const { what, end } = change;
  if (end === null) return `${changeInWords(what, 'under-way')}.`;
  if (end.problem !== null)
    return `${changeInWords(what, 'failed')}: ${end.problem}${/[.!?]$/.test(end.problem) ? '' : '.'}`;
  return `${changeInWords(what, 'done')}. It took ${formatTook(end.tookMs)}.`;
}
