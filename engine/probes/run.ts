import type { ResourceMeasurement, Round } from '../model/index.ts';
import type { ProbeContext } from './context.ts';

/** The round that a probe measures in. */
export interface ProbeRun {
  context: ProbeContext;
  /** Where it puts what it has measured. */
  round: Round;
  /** Does a piece of work that observers can follow. */
  step: <T>(title: string, work: () => Promise<T>) => Promise<T>;
  /** CPUs that all units share; null where they are not pinned. */
  cpus: number | null;
  /** What the units used without load, until it stands in the round beside what they use with it. */
  idle: Pick<ResourceMeasurement, 'idle' | 'idleWindowMs'> | null;
}

/** Measures what the experiment asks of one probe; does nothing where it asks for nothing. */
export type RunProbe = (run: ProbeRun) => Promise<void>;
