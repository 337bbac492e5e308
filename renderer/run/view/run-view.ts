import type {
  Environment,
  Experiment,
  Fault,
  Finding,
  GateCheck,
  Result,
  RuntimeKind,
  SeenRound,
  UnitState,
} from '../../../engine/model/index.ts';

/** One step of the work as shown in the step list. */
export interface StepView {
  id: string;
  parentId: string | null;
  roundId: string | null;
  title: string;
  depth: number;
  startedAtMs: number;
  outcome: 'running' | 'done' | 'failed' | 'cancelled';
  durationMs: number | null;
  detail: string | null;
}

/** One deployment of one variant, finished or not. */
export type RoundView = SeenRound;

/** One instance of a unit. */
export interface UnitView {
  name: string;
  instance: number;
  state: UnitState;
  detail: string | null;
  sinceMs: number;
  restarts: number;
}

/** One slice of load, as rates. */
export interface LoadPoint {
  atMs: number;
  phase: string;
  arrivalsPerSecond: number;
  errorsPerSecond: number;
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
}

/** The points of one round, bounded. */
export interface LoadSeries {
  roundId: string;
  variant: string;
  startedAtMs: number;
  points: readonly LoadPoint[];
}

export interface LogLine {
  /** Counts up; unique within a run. */
  number: number;
  atMs: number;
  variant: string;
  unit: string;
  stream: 'stdout' | 'stderr';
  line: string;
}

export interface MessageView {
  atMs: number;
  level: 'info' | 'warning' | 'error';
  text: string;
}

export interface FaultView {
  variant: string;
  unit: string;
  fault: Fault;
  phase: 'injecting' | 'active' | 'undoing' | 'undone';
  sinceMs: number;
}

/** A fault that took effect, or ended. */
export interface FaultMark {
  atMs: number;
  variant: string;
  begins: boolean;
  text: string;
}

/** What the run is, without what it produces. */
export interface RunHead {
  runId: string | null;
  experiment: Experiment | null;
  runtime: RuntimeKind | null;
  rounds: number;
  estimateMs: number;
  startedAtMs: number | null;
  lastAtMs: number | null;
  environment: Environment | null;
  gate: readonly GateCheck[];
  /** The headlines after the last finished block; null before the first. */
  known: { blocks: number; judged: boolean; open: number; findings: readonly Finding[] } | null;
  /** What the cancel is undoing; null when nobody cancelled. */
  cancelling: string | null;
  end: { outcome: Result['status']; resultId: string | null; text: string; atMs: number } | null;
}

/** Everything the live page draws; made only by `applyEvents`. */
export interface RunView {
  head: RunHead;
  steps: readonly StepView[];
  rounds: readonly RoundView[];
  /** Variant -> the instances of its units, in the order they were first seen. */
  units: Readonly<Record<string, readonly UnitView[]>>;
  /** Latest last; at most two rounds a variant. */
  series: readonly LoadSeries[];
  logs: readonly LogLine[];
  faults: readonly FaultView[];
  /** When faults took effect and ended; the oldest fall out. */
  marks: readonly FaultMark[];
  messages: readonly MessageView[];
}

export const limits = { logs: 2000, points: 900, messages: 200, marks: 200, steps: 600, seriesPerVariant: 2 } as const;

export const emptyRun: RunView = {
  head: {
    runId: null,
    experiment: null,
    runtime: null,
    rounds: 0,
    estimateMs: 0,
    startedAtMs: null,
    lastAtMs: null,
    environment: null,
    gate: [],
    known: null,
    cancelling: null,
    end: null,
  },
  steps: [],
  rounds: [],
  units: {},
  series: [],
  logs: [],
  faults: [],
  marks: [],
  messages: [],
};
