import { isImpossible } from '../../engine/evaluation/index.ts';
import { disturbancesOf, wholeBlocks, type Result, type Round } from '../../engine/model/index.ts';
import { ownCpus } from './own-cpus.ts';

/** How far an answer can be trusted, and by what. */
export interface Trust {
  level: 'high' | 'some' | 'little';
  words: string;
  /** What speaks for and against it, a phrase each. */
  facts: string[];
}

const enoughDeployments = 3;
const counted: ReadonlySet<Round['status']> = new Set(['completed', 'disturbed', 'invalid']);

/** From how many deployments, how quiet a machine and how fair a comparison the answer comes. */
export function trustIn(result: Result): Trust {
  const { rounds, experiment, environment, gate, status } = result;
  const blocks = wholeBlocks(experiment, rounds).size;
  // A variant that is compared with itself has its second copy as the other side.
  const copies = experiment.variants.length === 1 ? [false, true] : [false];
  const whole = rounds.filter(
    ({ replica, only, status: one }) => copies.includes(replica) && only === null && counted.has(one),
  );
  // Of an invalid round everything counts that the generator did not touch, unless nothing of it can be believed.
  const used = whole.filter((round) => !isImpossible(round));
  const unbelievable = whole.length - used.length;
  const deployments = Math.min(
    ...experiment.variants.flatMap(({ name }) =>
      copies.map(
        (copy) =>
          new Set(used.filter(({ variant, replica }) => variant === name && replica === copy).map(({ block }) => block))
            .size,
      ),
    ),
  );
  // A generator that was late on a quiet machine is no machine that was not.
  const disturbed = used.filter((round) => round.status === 'disturbed' || disturbancesOf(round).length > 0).length;
  const unsound = used.filter(({ status: one }) => one !== 'completed').length;
  const invalid = used.filter(({ status: one }) => one === 'invalid').length;
  const windows = disturbedWindows(used);
  const unfair = gate.filter((check) => check.status === 'fail' && check.name !== 'quiet').length;
  const [own, all] = [ownCpus(environment), environment.cpus];
  const whose =
    environment.applicationCpus === null ? 'of which may be used' : 'for all units of a deployment together';
  const facts = [
    `${deployments} ${deployments === 1 ? 'deployment' : 'deployments'} of each${deployments < enoughDeployments ? `, at least ${enoughDeployments} are needed` : ''}`,
    disturbed === 0
      ? 'no deployment was disturbed'
      : `${disturbed} of ${used.length} deployments ${disturbed === 1 ? 'was' : 'were'} measured while the machine was disturbed${windows === null ? '' : ` (CPU withheld in ${windows.disturbed} of ${windows.all} windows)`}`,
    ...(invalid === 0
      ? []
      : [
          `in ${invalid} of ${used.length} the load generator was late or could not keep up, and what that shifted of their response times does not count`,
        ]),
    ...(unbelievable === 0
      ? []
      : [
          `${unbelievable} ${unbelievable === 1 ? 'deployment does not count' : 'deployments do not count'}: units were changed while they were measured, or a clock was wrong`,
        ]),
    ...(unfair === 0 ? [] : [`${unfair} fairness ${unfair === 1 ? 'check' : 'checks'} failed`]),
    ...(status === 'completed' ? [] : [`the run was ${status} after ${blocks} ${blocks === 1 ? 'block' : 'blocks'}`]),
    `one host with ${all} ${all === 1 ? 'CPU' : 'CPUs'}${own === null ? '' : `, ${own} ${whose}`}: no network between machines, no more CPU for more units`,
  ];
  if (deployments < enoughDeployments || unfair > 0) return { level: 'little', words: 'Not to be relied on', facts };
  if (status !== 'completed' || 2 * unsound > used.length)
    return { level: 'some', words: 'Large differences can be relied on', facts };
  return { level: 'high', words: 'Can be relied on, for this machine', facts };
}

const withheldShare = 0.005;

function disturbedWindows(rounds: readonly Round[]): { disturbed: number; all: number } | null {
  const windows = rounds.flatMap((round) => round.windows);
  if (windows.length === 0) return null;
  return {
    disturbed: windows.filter(({ withheldMs, lengthMs }) => withheldMs > withheldShare * lengthMs).length,
    all: windows.length,
  };
}
