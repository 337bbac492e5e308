/*
 * The parts of a result of version 2 that the audit reads, written down from the file and not from the program that made it. Times in ms unless named otherwise.
 */

export interface Slice {
  startMs: number;
  lengthMs: number;
  withheldMs: number;
  endpoints: Record<
    string,
    { scheduled: number; good: number; notReached?: number; answersMs: number[]; failuresMs: number[] }
  >;
}

export interface Load {
  endpoints: Record<
    string,
    {
      scheduled: number;
      good: number;
      responseTime: string;
      punctualTime: string | null;
      serviceTime: string;
      failureAge: string | null;
    }
  >;
  generator: Generator;
}

export interface Generator {
  valid: boolean;
  saturated: boolean;
  shifted: string[];
  disturbances: string[];
}

/** What every round has. What probes measure beside response times is declared with them. */
export interface RoundBase {
  id: string;
  block: number;
  variant: string;
  replica: boolean;
  attempt: number;
  /** Of its data. */
  seed: number;
  /** The parts that were measured again; null: everything. */
  only: string[] | null;
  status: 'completed' | 'disturbed' | 'invalid' | 'failed' | 'cancelled';
  reasons?: string[];
  latency: Load | null;
  /** The load in parts, where it was cut into windows. */
  windows?: { load: Load }[];
  higher: { journeysPerSecond: number; cpuSeconds: number | null; load: Load } | null;
  lines: Record<string, Slice[]>;
  generators: Record<string, Generator>;
  /** What the running units showed. */
  observed?: { unit: string; facts: Record<string, string | number | boolean | null> }[];
  quietness?: { quiet: boolean } | null;
}

interface Side {
  variant: string;
  value: number | null;
  blocks: (number | null)[];
}

/** What a finding is restricted to. */
export interface Scope {
  endpoint?: string;
  fault?: string;
  rate?: number;
  change?: string;
}

export interface Finding {
  id: string;
  metric: string;
  unit: string;
  declared: string[];
  scope: Scope;
  family: string | null;
  method: string;
  baseline: Side;
  variant: Side;
  effect: { kind: string; value: number } | null;
  interval: { low: number; high: number } | null;
  level: number | null;
  openEnd?: string | null;
  otherDeployments: number | null;
  noiseFloor: number | null;
  noisePairs: number;
  margin: number;
  verdict: string;
  pValue: number | null;
  adjustedPValue: number | null;
}

export interface Application {
  entry: string;
  modules: Record<string, { uses: { module: string; callsPerRequest: number }[] }>;
  endpoints: Record<string, { needs: Record<string, string>; simulatedMs?: number | string }>;
  journeys: Record<string, { weight: number; steps: { endpoint: string }[] }>;
  tunables: Record<string, { default: number }>;
}

export interface Experiment {
  declaredDifferences?: string[];
  looks?: { blocks: number; alphaSpent: number }[] | null;
  noiseFloor: boolean;
  variants: {
    name: string;
    topology: { units: { name: string; modules: string[]; language?: string }[] };
    settings: Record<string, unknown> & { tunables: Record<string, number> };
  }[];
  probes: Readonly<Record<string, unknown>>;
}
