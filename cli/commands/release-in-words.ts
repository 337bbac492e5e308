import pc from 'picocolors';
import type { ReleaseMeasurement } from '../../engine/deploy/index.ts';
import {
  changeKindInWords,
  contractLevelWords,
  own,
  printable,
  type Application,
  type ContractDifference,
  type LoadMeasurement,
  type ReplacedInstance,
} from '../../engine/model/index.ts';
import { formatBytes, formatMs } from '../../report/index.ts';

/** What became of the requests of a load, by endpoint; what was answered as expected in time is in `asked` alone. */
export interface Loss {
  asked: number;
  /** Not answered as expected. */
  lost: Record<string, number>;
  /** Answered as expected, after the deadline. */
  late: Record<string, number>;
}

/** One release with what the people on it lost meanwhile. */
export interface Watched extends Loss {
  release: ReleaseMeasurement;
}

/** What was lost in a load. Pure. */
export function lossOf({ endpoints }: Pick<LoadMeasurement, 'endpoints'>): Loss {
  const all = Object.entries(endpoints);
  const some = (count: (endpoint: (typeof all)[number][1]) => number): Record<string, number> =>
    Object.fromEntries(all.map(([name, one]) => [name, count(one)] as const).filter(([, many]) => many > 0));
  return {
    asked: all.reduce((sum, [, { scheduled }]) => sum + scheduled, 0),
    lost: some(({ scheduled, good, late }) => scheduled - good - late),
    late: some(({ late }) => late),
  };
}

/** A release as it is told, several lines. Pure. */
export function releaseInWords(application: Application, name: string, watch: Watched): string {
  const { release } = watch;
  const change = own(application.changes ?? {}, name);
  const { leftUnits: left } = release;
  return [
    pc.bold(
      `${change?.title ?? name} (${change === undefined ? '' : `${changeKindInWords(change.kind)}; `}edits ${release.modules.join(', ') || 'no module'})`,
    ),
    `  bundled ${formatMs(release.bundledMs)}, images ${formatMs(release.builtMs)}, ${formatBytes(release.addedBytes)} over the base; another program: ${release.changedUnits.join(', ') || 'none'}`,
    ...release.replaced.map(replacedInWords),
    ...(left.length === 0 ? [] : [`  left as they were: ${left.join(', ')}`]),
    `  ${liveInWords(release, left.length === 0 || change?.check === undefined)}; all replaced after ${formatMs(release.replacedMs)}`,
    `  ${lossInWords(application, watch)}`,
  ].join('\n');
}

/** In the order in which it happens. */
function replacedInWords({ unit, from, to, startedMs, readyMs, switchedMs, removedMs }: ReplacedInstance): string {
  const begin = `started ${formatMs(startedMs)}, ready ${formatMs(readyMs)}`;
  const gone = `old one gone ${formatMs(removedMs)}`;
  return from === to
    ? `  ${unit}, instance ${to} anew: ${gone}, ${begin}`
    : `  ${unit}, instance ${from} to ${to}: ${begin}, nobody on the old one ${formatMs(switchedMs)}, ${gone}`;
}

function liveInWords({ seenMs, replacedMs, changedUnits }: ReleaseMeasurement, isWhole: boolean): string {
  if (changedUnits.length === 0) return 'nothing to release, as no program is another';
  if (seenMs !== null) return `live after ${formatMs(seenMs)}, the first answer that shows it`;
  return isWhole
    ? `live after ${formatMs(replacedMs)} (cannot be seen from outside)`
    : 'no answer shows it, as not every unit has it';
}

/** What is otherwise in contracts between modules and for people, those that break callers first; one line each where there are some. Pure. */
export function differencesInWords(differences: readonly ContractDifference[]): string {
  if (differences.length === 0) return 'all as before';
  const inOrder = Object.keys(contractLevelWords).flatMap((level) => differences.filter((one) => one.level === level));
  return [
    '',
    ...inOrder.map(
      ({ operation, level, text }) =>
        // Names of operations and fields are whatever the application calls them.
        `    ${printable(operation)}: ${printable(text).replaceAll('`', '"')} (${contractLevelWords[level]})`,
    ),
  ].join('\n');
}

/** One clause, without a stop. Pure. */
export function lossInWords(application: Application, { asked, lost, late }: Loss): string {
  const [lostOnes, lateOnes] = [sumOf(lost), sumOf(late)];
  const where = (counts: Record<string, number>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${own(application.endpoints, name)?.title ?? name} ${count}`)
      .join(', ');
  const told =
    lostOnes === 0 ? `no request of ${asked} was lost` : `${lostOnes} of ${asked} requests were lost: ${where(lost)}`;
  return lateOnes === 0
    ? told
    : `${told}; ${lateOnes} ${lateOnes === 1 ? 'was' : 'were'} answered too late: ${where(late)}`;
}

const sumOf = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
