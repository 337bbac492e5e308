import { z } from 'zod';
import { applicationSchema } from './application.ts';
import { experimentSchema, mostBlocks } from './experiment.ts';
import { lineSliceSchema } from './line.ts';
import { generatorHealthSchema } from './load.ts';
import { lookSchema } from './look.ts';
import { probeNames } from './metric.ts';
import { clockSchema, observedSchema } from './observed.ts';
import { fieldsShape } from './probe/compose.ts';
import { quietnessSchema } from './quietness.ts';
import { notesSchema, proseSchema, tagSchema, titleSchema } from './text.ts';

export const verdictSchema = z.enum(['better', 'worse', 'equivalent', 'inconclusive']);
export type Verdict = z.infer<typeof verdictSchema>;

const probeNameSchema = z.enum(probeNames);

const sideSchema = z.strictObject({
  variant: z.string(),
  /** The average over the variant's blocks on the scale of the metric, the same wherever the quantity is shown; null where it was never measured. */
  value: z.number().nullable(),
  /** One value a block, in block order; null where the block has none. */
  blocks: z.array(z.number().nullable()),
});

/** How a finding was judged. */
export const findingMethodSchema = z.enum([
  /** Paired t over blocks, on the scale of the metric. */
  't',
  /** Nothing varied: exact binomial limits by request. */
  'exact-requests',
  /** Nothing varied and there is no count of requests: exact binomial limits by deployment. */
  'exact-deployments',
  /** A constant of the variant: counted, not tested. */
  'counted',
  /** Nothing to judge: no block in common, or too few. */
  'none',
]);
export type FindingMethod = z.infer<typeof findingMethodSchema>;

/** One metric compared across two variants. */
export const findingSchema = z.strictObject({
  id: z.string(),
  probe: probeNameSchema,
  /** Name in the metric catalogue. */
  metric: z.string(),
  /** Unit of measure, for example `ms`. */
  unit: z.string(),
  /** What the metric was restricted to, if anything. `rate`: journeys a second other than the experiment's; `change`: a module that was changed. */
  scope: z
    .strictObject({
      endpoint: z.string().optional(),
      fault: z.string().optional(),
      rate: z.number().optional(),
      change: z.string().optional(),
    })
    .default({}),
  /** The findings that it was judged together with, fixed before anything was measured. Null in results of version 1. */
  family: z.string().nullable(),
  method: findingMethodSchema,
  baseline: sideSchema,
  variant: sideSchema,
  /** `ratio`: variant over baseline; `difference`: variant minus baseline. Null when nothing was paired. */
  effect: z.strictObject({ kind: z.enum(['ratio', 'difference']), value: z.number() }).nullable(),
  /** Interval of the effect at `level`; null below three blocks and for what is counted. */
  interval: z.strictObject({ low: z.number(), high: z.number() }).nullable(),
  /** Chance of an error, two-sided, at which the verdict was given and the interval holds: 0.05 for a 95 % interval. Null without an interval. */
  level: z.number().nullable(),
  /** Which end of effect and interval is not known, because a side is only a bound (a recovery nobody saw) or the load generator shaped it; null where both are. */
  openEnd: z.enum(['low', 'high', 'both']).nullable().default(null),
  /** Exact limit: at most this share of deployments would show another value; null where values varied. */
  otherDeployments: z.number().nullable(),
  /** Half-width of the band in which an effect means nothing here (a share for ratios); null when no A/A ran. */
  noiseFloor: z.number().nullable(),
  /** Pairs of A/A that the noise floor was learnt from; it gates verdicts only from eight on. */
  noisePairs: z.number().int(),
  margin: z.number(),
  verdict: verdictSchema,
  pValue: z.number().nullable(),
  adjustedPValue: z.number().nullable(),
  /** Declared differences between the two variants. */
  declared: z.array(proseSchema).default([]),
  /** The finding as one plain sentence. */
  sentence: proseSchema,
});
export type Finding = z.infer<typeof findingSchema>;

// Where files have them.
const { higher, windows, ...measured } = fieldsShape;

/** Bounds of what sizes tables and loops in whoever reads a result, wide of what an experiment may have. */
const [mostPlaces, mostAttempts, mostRounds, mostCpus] = [16, 1000, 10_000, 8192];
/** From 0. */
const blockNumber = z
  .number()
  .int()
  .min(0)
  .max(mostBlocks - 1);

export const roundSchema = z.strictObject({
  id: z.string(),
  block: blockNumber,
  /** Position within the block, from 0. */
  position: z.number().int().min(0).max(mostPlaces),
  variant: z.string(),
  /** True for the second copy of the baseline (A/A). */
  replica: z.boolean().default(false),
  attempt: z.number().int().min(1).max(mostAttempts),
  status: z.enum(['completed', 'disturbed', 'invalid', 'failed', 'cancelled']),
  reasons: z.array(proseSchema),
  startedAtMs: z.number(),
  durationMs: z.number(),
  /** Seed of this round's arrivals and data: the same for every variant of a block. */
  seed: z.number().int(),
  ...measured,
  quietness: quietnessSchema.nullable(),
  higher,
  /** The slices of the loads whose findings are derived from them, by the load's phase. */
  lines: z.record(z.string(), z.array(lineSliceSchema)).default({}),
  windows,
  /** How far other clocks were ahead; every moment in the round is on the laboratory's clock already. */
  clocks: z.array(clockSchema).default([]),
  /** What the running containers or processes say of themselves. */
  observed: z.array(observedSchema).default([]),
  /** What of that was otherwise once everything was measured, a sentence each. */
  changed: z.array(proseSchema).default([]),
  /** The parts that this attempt set out to measure, by probe or `isolation: <label>`: what is measured again, or what the second copy of the baseline is for; null: all of it. */
  only: z.array(z.string()).nullable().default(null),
  /** The generator's check of itself in every load of the round, by the load's phase. */
  generators: z.record(z.string(), generatorHealthSchema).default({}),
});
/** One fresh deployment of one variant, measured. */
export type Round = z.infer<typeof roundSchema>;

export const gateCheckSchema = z.strictObject({
  name: z.string(),
  title: proseSchema,
  status: z.enum(['pass', 'fail', 'declared', 'unknown']),
  detail: proseSchema,
});
export type GateCheck = z.infer<typeof gateCheckSchema>;

export const environmentSchema = z.strictObject({
  cleaveVersion: z.string(),
  runtime: z.enum(['docker', 'process']),
  /** Why this runtime was taken. */
  runtimeReason: proseSchema,
  engine: z
    .strictObject({
      name: z.string(),
      version: z.string(),
      apiVersion: z.string(),
      storageDriver: z.string().nullable(),
      operatingSystem: z.string(),
    })
    .nullable(),
  baseImage: z
    .strictObject({ reference: z.string(), digest: z.string(), origin: z.string(), nodeVersion: z.string() })
    .nullable(),
  platform: z.string(),
  architecture: z.string(),
  kernel: z.string(),
  cpuModel: z.string(),
  cpus: z.number().int(),
  /** How many of them units and generator may be on, where the engine or the system does not let them on all. */
  usableCpus: z.number().int().min(1).max(mostCpus).optional(),
  memoryBytes: z.number(),
  nodeVersion: z.string(),
  /** CPUs (by number) of the units, and of the generator and engine; null where not pinned. */
  applicationCpus: z.array(z.number().int()).max(mostCpus).nullable(),
  generatorCpus: z.array(z.number().int()).max(mostCpus).nullable(),
  applicationMemoryBytes: z.number().nullable(),
  sourceHash: z.string(),
  sourceCommit: z.string().nullable(),
  /** Whether the sources differed from that commit; null where it is not known. */
  sourceDirty: z.boolean().nullable().default(null),
});
export type Environment = z.infer<typeof environmentSchema>;

/** Something measured again, for every variant it would be compared with. */
export const repeatSchema = z.strictObject({
  block: blockNumber,
  variants: z.array(z.string()).min(1).max(mostPlaces),
  /** The parts that are measured again, by probe or `isolation: <label>`; null: the whole rounds. */
  only: z.array(z.string()).nullable(),
  reason: proseSchema,
});
export type Repeat = z.infer<typeof repeatSchema>;

/** The whole outcome of an experiment: everything the report shows and everything needed to compute it again. */
export const resultSchema = z.strictObject({
  schema: z.literal('cleave/result'),
  version: z.literal(2),
  /** The rules by which its findings were judged. */
  rules: z.union([z.literal(1), z.literal(2)]),
  id: z.string().regex(/^[a-z0-9-]{1,80}$/),
  title: titleSchema,
  tags: z.array(tagSchema).max(50).default([]),
  /** What a person wrote about it; left out where nobody did. */
  notes: notesSchema.optional(),
  status: z.enum(['completed', 'cancelled', 'failed', 'interrupted']),
  reason: proseSchema.nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  experiment: experimentSchema,
  application: applicationSchema,
  environment: environmentSchema,
  gate: z.array(gateCheckSchema),
  /** Variant names in the order they ran, a list a block. */
  order: z.array(z.array(z.string()).max(mostPlaces)).max(mostBlocks),
  /** Looks that were taken, in order; the last one gave the findings. */
  looks: z.array(lookSchema).max(mostBlocks).default([]),
  repeats: z.array(repeatSchema).default([]),
  /** When it was measured, and which block was the first then, where it was continued later; empty where it was measured in one go. */
  sittings: z
    .array(z.strictObject({ startedAt: z.iso.datetime(), fromBlock: blockNumber }))
    .max(mostBlocks)
    .default([]),
  rounds: z.array(roundSchema).max(mostRounds),
  findings: z.array(findingSchema),
});
export type Result = z.infer<typeof resultSchema>;
