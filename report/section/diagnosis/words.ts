import { own, withFaultsInWords, type Result, type SearchStep } from '../../../engine/model/index.ts';
import { formatCount, formatNumber, formatShare, plural, trimZeros } from '../../format/index.ts';
import type { DiagnosisView } from './data.ts';

export const diagnosisLead =
  'Failing requests were followed as somebody on call would follow them who has the trace of the request and a map of which unit has which module: first the log of the unit that people ask, then where its lines point, and what the engine says of a unit that is silent. The search is mechanical and is not told which fault was done.';

/** What was found of one fault in one variant, in one sentence. */
export function diagnosisSentence(view: DiagnosisView): string {
  const { variant, followed, named, steps, lines, suspects, notDone } = view;
  if (followed === 0)
    return `${variant.title}: ${notDone ?? 'no request failed, so that there was nothing to search for'}.`;
  const found =
    named === followed
      ? 'the module at fault is named every time'
      : named === 0
        ? 'the module at fault is never named'
        : `the module at fault is named in ${formatShare(named / followed)} of the searches`;
  const left = suspects !== null && suspects > 1 ? `, and ${mean(suspects)} modules stay under suspicion` : '';
  return `${variant.title}: ${found}${left}, after ${mean(steps)} ${steps === 1 ? 'place' : 'places'} and ${mean(lines)} ${lines === 1 ? 'line' : 'lines'} of log.`;
}

/** What a step of a search was, in words. */
export function stepInWords({ unit, at, lines }: SearchStep): string {
  switch (at) {
    case 'log':
      return `Log of ${unit}, ${lines === 0 ? 'where nothing was written meanwhile' : plural(lines, 'line')}`;
    case 'state':
      return `State of ${unit}`;
    default:
      return at satisfies never;
  }
}

/** Whom a search ended at, in words. */
export function endInWords({ application }: Result, suspects: readonly string[]): string {
  const titles = suspects.map((module) => own(application.modules, module)?.title ?? module);
  return titles.length === 1
    ? `It ends at ${titles[0]}.`
    : `${formatCount(titles.length)} modules are left: ${titles.join(', ')}.`;
}

/** A fault as a heading. */
export const causeInWords = (label: string): string => withFaultsInWords(label);

export const mean = (value: number | null): string => (value === null ? '' : trimZeros(formatNumber(value)));
