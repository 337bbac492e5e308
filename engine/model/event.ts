import type { Experiment, RuntimeKind } from './experiment.ts';
import type { Fault } from './fault.ts';
import type { RunEstimate } from './learned-estimate.ts';
import type { Environment, Finding, GateCheck, Result, Round } from './result.ts';

export type UnitState =
  | 'building'
  | 'creating'
  | 'starting'
  | 'ready'
  | 'faulted'
  | 'restarting'
  | 'paused'
  /** Ended by a fault or by itself while it should run. */
  | 'killed'
  | 'stopped'
  | 'failed';

/** Everything an observer of a run can see; the window and the command line draw from the same events. `atMs` is ms since the epoch. */
export type LabEvent = { atMs: number } & (
  | {
      type: 'run-started';
      runId: string;
      experiment: Experiment;
      runtime: RuntimeKind;
      rounds: number;
      /** What progress is measured against: the bound of a run that may end early. */
      estimateMs: number;
      estimate?: RunEstimate;
    }
  | { type: 'environment'; environment: Environment }
  | { type: 'gate'; checks: GateCheck[] }
  /** A step of the work; `roundId` null outside a round. Steps nest by `parentId`. */
  | { type: 'step-started'; stepId: string; parentId: string | null; roundId: string | null; title: string }
  | {
      type: 'step-ended';
      stepId: string;
      outcome: 'done' | 'failed' | 'cancelled';
      durationMs: number;
      detail: string | null;
    }
  | {
      type: 'round-started';
      roundId: string;
      block: number;
      position: number;
      variant: string;
      replica: boolean;
      attempt: number;
    }
  | { type: 'round-ended'; round: Round }
  | { type: 'unit-state'; variant: string; unit: string; instance?: number; state: UnitState; detail: string | null }
  | { type: 'log'; variant: string; unit: string; instance?: number; stream: 'stdout' | 'stderr'; line: string }
  | {
      type: 'load';
      roundId: string;
      variant: string;
      phase: string;
      /** Place of the window in the block's turns; absent where the load is in one piece. */
      window?: number;
      slice: SliceSummary;
    }
  | { type: 'fault'; variant: string; phase: 'injecting' | 'active' | 'undoing' | 'undone'; fault: Fault; unit: string }
  /**
   * The headlines as they stand after so many blocks. `judged`: at a planned look; before it they have values, and neither interval nor verdict. `open`: how many are not
   * decided yet.
   */
  | { type: 'findings'; blocks: number; judged: boolean; open: number; findings: Finding[] }
  | { type: 'message'; level: 'info' | 'warning' | 'error'; text: string }
  | { type: 'cancelling'; text: string }
  /** Always the last event of a run. */
  | { type: 'run-ended'; outcome: Result['status']; resultId: string | null; text: string }
);
export type LabEventOf<T extends LabEvent['type']> = Extract<LabEvent, { type: T }>;

/** One slice of a load, small enough to draw live. */
export interface SliceSummary {
  startMs: number;
  lengthMs: number;
  scheduled: number;
  good: number;
  errors: number;
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
}
