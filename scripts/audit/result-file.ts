import { readFile } from 'node:fs/promises';
import type { Look } from './looks.ts';

/** The parts of a result of version 2 that the audit reads, written down from the file and not from the program that made it. Times in ms unless named otherwise. */
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

export interface Fault {
  label: string;
  module: string;
  unit: string;
  status: 'applied' | 'cannot-happen' | 'aborted';
  baselineFromMs: number | null;
  baselineUntilMs: number | null;
  effectAtMs: number | null;
  undoneAtMs: number | null;
  endAtMs: number | null;
  watchedUntilMs: number | null;
  recoverCountedFrom: 'effect' | 'undo';
  events: { atMs: number; kind: string; unit?: string | null }[];
}

export interface Storm {
  label: string;
  fault: { module: string };
  status: Fault['status'];
  beganAtMs: number | null;
  spikeAtMs: number | null;
  effectAtMs: number | null;
  calmAtMs: number | null;
  watchedUntilMs: number | null;
  firstLookAtMs: number | null;
  lastLookAtMs: number | null;
  callsInCalm: number | null;
  counted: { calls: number } | null;
}

interface UnitUse {
  cpuSeconds: number;
  memoryBytes: number;
  networkReceivedBytes: number | null;
  networkSentBytes: number | null;
}

export interface Round {
  id: string;
  block: number;
  variant: string;
  replica: boolean;
  attempt: number;
  /** The parts that were measured again; null: everything. */
  only: string[] | null;
  status: 'completed' | 'disturbed' | 'invalid' | 'failed' | 'cancelled';
  deployment: {
    allReadyMs: number;
    firstGoodMs: number;
    firstRequestMs: Record<string, number>;
    units: { addedBytes: number }[];
  } | null;
  latency: Load | null;
  higher: { journeysPerSecond: number; cpuSeconds: number | null; load: Load } | null;
  resources: { goodRequests: number; units: UnitUse[]; idle: UnitUse[]; idleWindowMs: number } | null;
  isolation: Fault[];
  capacity: {
    journeysPerSecond: number | null;
    goodPerSecondPerCpu: number | null;
    bounded: 'bracketed' | 'generator' | 'range';
  } | null;
  hops: { edges: { kind: 'local' | 'remote'; callsPerJourney: number; networkMs: number }[] } | null;
  consistency: {
    attempted: number;
    lost: string[];
    duplicated: string[];
    phantom: string[];
    stuck: string[];
    conserved: { holds: boolean }[];
  } | null;
  storm?: Storm | null;
  lines: Record<string, Slice[]>;
  generators: Record<string, Generator>;
}

interface Side {
  variant: string;
  value: number | null;
  blocks: (number | null)[];
}

export interface Finding {
  id: string;
  metric: string;
  scope: { endpoint?: string; fault?: string; rate?: number; change?: string };
  family: string | null;
  method: string;
  baseline: Side;
  variant: Side;
  effect: { kind: string; value: number } | null;
  interval: { low: number; high: number } | null;
  level: number | null;
  otherDeployments: number | null;
  noiseFloor: number | null;
  noisePairs: number;
  margin: number;
  verdict: string;
  pValue: number | null;
  adjustedPValue: number | null;
}

export interface Application {
  endpoints: Record<string, { needs: Record<string, string>; simulatedMs?: number | string }>;
  journeys: Record<string, { weight: number; steps: { endpoint: string }[] }>;
  tunables: Record<string, { default: number }>;
}

export interface ResultFile {
  id: string;
  rules: number;
  experiment: {
    noiseFloor: boolean;
    variants: { name: string; settings: { tunables: Record<string, number> } }[];
    probes: { capacity: { precision: number } | null };
  };
  application: Application;
  order: string[][];
  /** The looks that were taken; empty where there was one, at the end. */
  looks: Look[];
  rounds: Round[];
  findings: Finding[];
}

/** Why a file cannot be audited, in one sentence. */
export class Refusal extends Error {}

/** Reads a result. Throws a `Refusal` when there is none, or one that was not judged by the rules that the audit knows. */
export async function readResult(file: string): Promise<ResultFile> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Refusal(`${file} cannot be read.`);
  });
  return parseResult(text, file);
}

/** The result in a text; `name` is what a refusal calls it. */
export function parseResult(text: string, name: string): ResultFile {
  const value = parseJson(text, name) as { schema?: unknown; version?: unknown; rules?: unknown } | null;
  if (value?.schema !== 'cleave/result') throw new Refusal(`${name} is no result: "schema" must be "cleave/result".`);
  if (value.version !== 2)
    throw new Refusal(
      `${name} has "version" ${String(value.version)}: only results of version 2 keep what is audited.`,
    );
  if (value.rules !== 2)
    throw new Refusal(
      `${name} has "rules" ${String(value.rules)}: only findings judged by the rules of version 2 are audited.`,
    );
  const result = value as unknown as ResultFile;
  if (!Array.isArray(result.rounds) || !Array.isArray(result.findings))
    throw new Refusal(`${name} has no "rounds" or no "findings": both must be lists.`);
  return result;
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(`${name} is not JSON.`);
  }
}
