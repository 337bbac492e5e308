import { computeFindings } from '../../engine/evaluation/index.ts';
import {
  experimentSchema,
  resultSchema,
  type Fault,
  type Repeat,
  type Result,
  type Round,
} from '../../engine/model/index.ts';
import { shop } from './application.ts';
import { environment, gate } from './environment.ts';
import { shopFaults } from './isolation.ts';
import { makeDisturbedRound, makeFailedRound, makeRound, onlyLatency } from './round.ts';
import { shapeOf, type ShapeName } from './shape.ts';

export interface ResultOptions {
  id?: string;
  title?: string;
  variants?: ShapeName[];
  blocks?: number;
  /** Adds the second copy of the baseline to each block. */
  replica?: boolean;
  faults?: Fault[];
  /** Also capacity, hops and consistency. */
  everything?: boolean;
  /** Adds a failed round, whose block is measured again, and a disturbed one, in whose block the response times are. */
  trouble?: boolean;
  /** Requests in one round's load. */
  requests?: number;
  seed?: number;
}

const startedAtMs = Date.UTC(2026, 2, 14, 9, 30);

/** By options: made of thousands of requests and checked whole, which takes a hundred times as long as a copy. */
const made = new Map<string, Result>();

/** A complete, valid and deterministic result: the same options give the same one, the caller's own. */
export function makeResult(options: ResultOptions = {}): Result {
  const key = JSON.stringify(options);
  const known = made.get(key) ?? makeAnew(options);
  made.set(key, known);
  return structuredClone(known);
}

/** The same, made from nothing again. */
export function makeAnew(options: ResultOptions): Result {
  const {
    variants = ['monolith', 'microservices'],
    blocks = 3,
    replica = false,
    faults = shopFaults.slice(0, 3),
    everything = true,
  } = options;
  const { trouble = false, requests = 3000, seed = 7 } = options;
  const shapes = variants.map(shapeOf);
  const rounds: Round[] = [];
  const order: string[][] = [];
  for (let block = 0; block < blocks; block += 1) {
    const turn = (block % 2 === 0 ? shapes : shapes.toReversed()).map((shape) => ({ shape, replica: false }));
    const first = shapes[0];
    if (replica && first !== undefined) turn.push({ shape: first, replica: true });
    const again: Round[] = [];
    order.push(turn.map((entry) => entry.shape.variant.name));
    for (const [position, entry] of turn.entries()) {
      const at = {
        block,
        position,
        replica: entry.replica,
        startedAtMs: startedAtMs + rounds.length * 65_000,
        requests,
        faults,
        everything,
        seed,
      };
      const failing = trouble && block === 0 && position === 1;
      const disturbed = trouble && block === 1 && position === 0;
      const attempt = 1;
      if (failing)
        rounds.push(makeFailedRound(entry.shape, { ...at, attempt }, 'unit orders was not ready within 30 s'));
      else if (disturbed) rounds.push(makeDisturbedRound(entry.shape, { ...at, attempt }));
      else rounds.push(makeRound(entry.shape, { ...at, attempt }));
      if (trouble && block === 0) again.push(makeRound(entry.shape, { ...at, attempt: 2 }));
      if (trouble && block === 1) again.push(onlyLatency(makeRound(entry.shape, { ...at, attempt: 2 })));
    }
    rounds.push(...again);
  }
  const experiment = experimentSchema.parse({
    schema: 'cleave/experiment',
    version: 2,
    name: 'split-cost',
    title: 'What does it cost to split?',
    preset: blocks >= 5 ? 'standard' : blocks === 1 ? 'smoke' : 'quick',
    application: 'shop',
    variants: shapes.map((shape) => shape.variant),
    noiseFloor: replica,
    blocks,
    load: { journeysPerSecond: 40 },
    warmUp: { minMs: 4000, maxMs: 15_000, minRequests: 1000 },
    probes: {
      latency: { durationMs: 20_000, higher: everything ? { factor: 2, durationMs: 10_000 } : null },
      resources: { idleMs: 5000 },
      isolation: faults.length === 0 ? null : { faults, baselineMs: 10_000, faultMs: 12_000, recoveryMs: 10_000 },
      capacity: everything
        ? {
            startJourneysPerSecond: 40,
            maxJourneysPerSecond: 500,
            stepMs: 5000,
            precision: 0.08,
            objective: { p95Ms: 250, availability: 0.999 },
          }
        : null,
      hops: everything ? { traceShare: 0.1, durationMs: 5000 } : null,
      consistency: everything ? { settleMs: 5000 } : null,
    },
    resources: { cpus: 1, memoryBytes: 2 * 2 ** 30 },
    declaredDifferences: ['consistency'],
    seed,
  });
  return resultSchema.parse({
    schema: 'cleave/result',
    version: 2,
    rules: 2,
    id: options.id ?? 'split-cost-20260314-0930',
    title: options.title ?? 'What does it cost to split the shop?',
    tags: ['example'],
    status: 'completed',
    reason: null,
    startedAt: new Date(startedAtMs).toISOString(),
    endedAt: new Date(startedAtMs + rounds.length * 65_000).toISOString(),
    experiment,
    application: shop,
    environment,
    gate,
    order,
    repeats: trouble ? repeatsOf(shapes.map(({ variant }) => variant.name)) : [],
    rounds,
    findings: computeFindings({ experiment, application: shop, rounds, order, looks: [] }),
  });
}

/** What is measured again after the troubles. */
const repeatsOf = (variants: string[]): Repeat[] => [
  { block: 0, variants, only: null, reason: 'unit orders was not ready within 30 s' },
  { block: 1, variants, only: ['latency'], reason: 'other programs used 34 % of the processors during the load' },
];

/** Two variants, three blocks, every probe. */
export const quickResult = (): Result => makeResult();

/** Three variants, five blocks, A/A, six faults with one that cannot happen and one that never recovers, a failed and a disturbed round. */
export const standardResult = (): Result =>
  makeResult({
    id: 'standard-20260314-0930',
    variants: ['monolith', 'microservices', 'macroservices'],
    blocks: 5,
    replica: true,
    faults: shopFaults,
    trouble: true,
  });

/** One block: no intervals. */
export const smokeResult = (): Result =>
  makeResult({
    id: 'smoke-20260314-0930',
    blocks: 1,
    faults: shopFaults.slice(0, 1),
    everything: false,
    requests: 600,
  });

/** Cancelled before the first round: a result with nothing in it. */
export const cancelledResult = (): Result => ({
  ...makeResult({ id: 'cancelled-20260314-0930', blocks: 1, faults: [], everything: false, requests: 10 }),
  ...{ status: 'cancelled' as const, reason: 'cancelled by the user', rounds: [], findings: [], order: [], gate: [] },
});
