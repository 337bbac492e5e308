import {
  changeTitle,
  moduleTitle,
  own,
  releaseInWords,
  type Application,
  type ExploreRelease,
  type ExploreVisitors,
  type LiveChanges,
  type ReleasedUnit,
  type ReplacementStrategy,
} from '../../engine/model/index.ts';
import { formatTook } from '../../report/index.ts';

/** What is released or taken back, or what came of the last time, in a few sentences. Pure. */
export function releaseOutcomeInWords(
  release: ExploreRelease | null,
  live: LiveChanges,
  application: Application,
): string {
  if (release === null)
    return 'Nothing was released yet. A change goes live while visitors go on, and can be taken back.';
  const { what, end } = release;
  if (end === null) return `${releaseInWords(what, 'under-way', application)}: ${doneNow(release, application)}.`;
  const title = `"${changeTitle(application, what.change)}"`;
  if (end.problem !== null) {
    // Replaced everywhere, and no answer shows it.
    if (!end.cancelled && what.kind === 'release' && !live.halfWay && live.changes.at(-1) === what.change)
      return `${withStop(`${title} is live, but ${end.problem}`)} It can be taken back.`;
    const why = end.cancelled
      ? `${what.kind === 'release' ? `The release of ${title}` : `Taking ${title} back`} was cancelled`
      : `${releaseInWords(what, 'failed', application)}: ${end.problem}`;
    return `${withStop(why)} ${whatServes(live, application)}`;
  }
  if (end.marks === null) return `${title} was taken back. It took ${formatTook(end.tookMs)}.`;
  const { bundledMs, builtMs, replacedMs, seenMs } = end.marks;
  const first =
    seenMs === null
      ? `${title} is live after ${formatTook(replacedMs)}, when all of its units were replaced; no answer shows it`
      : `${title} is live after ${formatTook(seenMs)}, with the first answer that shows it`;
  return `${first}. Bundled after ${formatTook(bundledMs)}, images after ${formatTook(builtMs)}, all replaced after ${formatTook(replacedMs)}.`;
}

const withStop = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

function whatServes({ changes, halfWay }: LiveChanges, application: Application): string {
  if (halfWay) return 'It ended half-way: not every unit serves what served before. Take it back.';
  const last = changes.at(-1);
  return last === undefined ? 'What served before goes on serving.' : `"${changeTitle(application, last)}" is live.`;
}

function doneNow({ what, going, stage, units }: ExploreRelease, application: Application): string {
  const first =
    going === what.change || what.kind === 'take-back'
      ? ''
      : `first "${changeTitle(application, going)}", which it builds on: `;
  return `${first}${stageInWords(stage, units)}`;
}

function stageInWords(stage: ExploreRelease['stage'], units: readonly ReleasedUnit[]): string {
  switch (stage) {
    case 'bundling':
      return 'its source is edited and bundled';
    case 'building':
      return units.length === 0 ? 'no unit needs another image' : `bundled; building ${namesOf(units)}`;
    case 'replacing':
      return units.length === 0 ? 'looking which units to replace' : `replacing ${namesOf(units)}`;
    case 'looking':
      return 'all replaced; waiting for the first answer that shows it';
    default:
      return stage satisfies never;
  }
}

const namesOf = (units: readonly ReleasedUnit[]): string => units.map(({ name }) => moduleTitle(name)).join(', ');

/** How far one unit has got. Pure. */
export function releasedUnitInWords({ state }: ReleasedUnit, strategy: ReplacementStrategy): string {
  const isNewLast = strategy === 'recreate';
  switch (state) {
    case 'waits':
      return 'waits';
    case 'starts':
      return isNewLast ? 'old one ended, new one starts' : 'new one starts, old one serves';
    case 'ready':
      return isNewLast ? 'replaced' : 'new one is ready, old one ends';
    case 'ended':
      return isNewLast ? 'old one ended' : 'replaced';
    default:
      return state satisfies never;
  }
}

/** What visitors lost since a release began, by kind of request; null where they are counted from something else. Pure. */
export function releaseLossInWords(
  { sinceMs }: ExploreRelease,
  visitors: ExploreVisitors | null,
  application: Application,
): string | null {
  const since = visitors?.since ?? null;
  if (visitors === null || since?.cause.kind !== 'release' || since.atMs !== sinceMs) return null;
  const asked = visitors.endpoints.reduce((sum, one) => sum + one.asked, 0);
  if (asked === 0) return null;
  const lost = visitors.endpoints.filter(({ failed }) => failed > 0);
  if (lost.length === 0) return `Visitors lost none of ${asked} requests since it began.`;
  const each = lost.map(
    (one) => `${own(application.endpoints, one.name)?.title ?? one.name} ${one.failed} of ${one.asked}`,
  );
  return `Requests that visitors lost since it began: ${each.join(', ')}.`;
}
