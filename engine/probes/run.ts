import type { Laboratory } from '../deploy/index.ts';
import type { LoadWindow, ResourceMeasurement, Round } from '../model/index.ts';
import type { ProbeContext } from './context.ts';

/** The turns of a round among those of its block. */
export interface RoundTurns {
  /** Parks the deployment and ends its turn. */
  pass(): Promise<void>;
  /** Settles once it is this round's turn and the deployment runs again. `parkedMs`: how long it stood still; `index`: which of the block's turns it is, from 0. */
  next(): Promise<{ parkedMs: number; index: number }>;
  /** Keeps a window as soon as it is over. */
  keep(window: LoadWindow): Promise<void>;
}

/** The round that a probe measures in. */
export interface ProbeRun {
  context: ProbeContext;
  /** Where the sources are that the deployment was made of. */
  laboratory: Laboratory;
  /** Where it puts what it has measured. */
  round: Round;
  /** Does a piece of work that observers can follow. */
  step: <T>(title: string, work: () => Promise<T>) => Promise<T>;
  /** CPUs that all units share; null where they are not pinned. */
  cpus: number | null;
  /** What all units may use together, bytes. */
  memoryBytes: number;
  /** Null where the rounds of a block are measured one after another. */
  turns: RoundTurns | null;
  /** What the units used without load, until it stands in the round beside what they use with it. */
  idle: Pick<ResourceMeasurement, 'idle' | 'idleWindowMs'> | null;
}

/** Measures what the experiment asks of one probe; does nothing where it asks for nothing. */
export type RunProbe = (run: ProbeRun) => Promise<void>;
