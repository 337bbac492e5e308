import { wholeBlocks, windowsOf, type Result } from '../../engine/model/index.ts';
import { formatMs } from '../format/index.ts';

/** How many blocks a result is of, for example `3 blocks of at most 12`; one that was not finished is none. */
export function blocksText({ rounds, experiment }: Pick<Result, 'rounds' | 'experiment'>): string {
  const { blocks } = experiment;
  const ran = wholeBlocks(experiment, rounds).size;
  return `${ran} ${ran === 1 ? 'block' : 'blocks'}${ran < blocks ? ` of at most ${blocks}` : ''}`;
}

/** When the findings were judged, in a sentence; empty where that was once, at the end. */
export function looksText({ looks, experiment }: Result): string {
  if (experiment.looks === null) return '';
  const [last] = looks.slice(-1);
  if (last === undefined) return 'The run ended before its first planned look at the findings.';
  const taken = looks.map(({ blocks }) => blocks);
  return `Looks at the findings were planned before the first block: after ${experiment.looks.map(({ blocks }) => blocks).join(', ')} ${experiment.looks.at(-1)?.blocks === 1 ? 'block' : 'blocks'}. ${looks.length === 1 ? 'One was' : `${looks.length} were`} taken (after ${taken.join(', ')}); what each may err was fixed beforehand, so that all of them together give a false verdict in a family in at most 5 % of runs. Levels and intervals are those of the last look taken. A measure that lacks a value in a block is looked at once it has three, and again whenever it has one more; what it may err and did not spend at one look is there for its next.`;
}

/** How the deployments of a block took turns, in a sentence; empty where each was loaded in one piece. */
export function turnsText({ rounds, experiment: { probes } }: Result): string {
  const { windows } = probes.latency;
  if (windows == null || rounds.every((round) => round.windows.length === 0)) return '';
  return `The deployments of a block stood side by side and were loaded in turn, in ${windowsOf(probes.latency)} windows of ${formatMs(windows.lengthMs)} each, those that waited held still; what came in the first ${formatMs(windows.leadInMs)} of a turn was not counted. The median of a deployment is the geometric mean of its windows' medians; other percentiles are of all its windows together.`;
}
