import {
  finishedBlocks,
  whyNotContinued,
  type Environment,
  type Look,
  type Repeat,
  type Result,
  type Round,
} from '../model/index.ts';
import { ExperimentError } from './check.ts';

/** What a run goes on from: the finished blocks of an earlier one of the same plan. */
export interface Continuation {
  blocks: number;
  rounds: readonly Round[];
  looks: readonly Look[];
  repeats: readonly Repeat[];
  sittings: Result['sittings'];
}

/**
 * What there is to go on from, and how much of its plan is left. Only whole blocks are kept. Throws ExperimentError in one sentence where the plan has nothing left to spend: what is
 * measured beyond it would be one more chance to be wrong.
 */
export function continuationOf(previous: Result): Continuation {
  const why = whyNotContinued(previous);
  if (why !== null) throw new ExperimentError(`${previous.id} cannot be continued: ${why}`);
  const { experiment, rounds, looks, repeats, startedAt, sittings } = previous;
  const blocks = finishedBlocks(experiment, rounds);
  return {
    blocks,
    rounds: rounds.filter(({ block }) => block < blocks),
    looks,
    repeats: repeats.filter(({ block }) => block < blocks),
    sittings: sittings.length > 0 ? sittings : [{ startedAt, fromBlock: 0 }],
  };
}

const grounds = {
  runtime: 'runtime',
  cpuModel: 'processor',
  cpus: 'number of processors',
  platform: 'platform',
  architecture: 'architecture',
  kernel: 'kernel',
  nodeVersion: 'version of Node',
  cleaveVersion: 'version of Cleave',
  sourceHash: 'source of the application',
  applicationMemoryBytes: 'memory of a deployment',
} as const satisfies Partial<Record<keyof Environment, string>>;

/** Blocks of one result are measured on one machine with one source. Throws ExperimentError naming what is another. */
export function assertSameGround(previous: Environment, now: Environment): void {
  const named = Object.entries(grounds).map(([field, name]) => {
    const key = field as keyof typeof grounds;
    return [name, previous[key], now[key]] as const;
  });
  const first = [
    ...named,
    ['base image', previous.baseImage?.digest ?? null, now.baseImage?.digest ?? null] as const,
    ['engine', engineOf(previous), engineOf(now)] as const,
    ['processors of the application', listed(previous.applicationCpus), listed(now.applicationCpus)] as const,
  ].find(([, before, after]) => before !== after);
  if (first === undefined) return;
  const [name, before, after] = first;
  throw new ExperimentError(
    `it cannot be continued here: the ${name} was ${before ?? 'none'} and is ${after ?? 'none'}; measure it anew`,
  );
}

const engineOf = ({ engine }: Environment): string | null =>
  engine === null ? null : `${engine.name} ${engine.version}`;

const listed = (cpus: number[] | null): string | null => cpus?.join(', ') ?? null;
