import { z } from 'zod';
import { applicationSchema } from './application.ts';
import { experimentSchema } from './experiment.ts';
import { generatorHealthSchema, loadMeasurementSchema } from './load.ts';
import {
  capacityMeasurementSchema,
  consistencyMeasurementSchema,
  deploymentMeasurementSchema,
  hopsMeasurementSchema,
  isolationMeasurementSchema,
  quietnessSchema,
  resourceMeasurementSchema,
  stormMeasurementSchema,
  warmUpSchema,
} from './measurement.ts';

export const verdictSchema = z.enum(['better', 'worse', 'equivalent', 'inconclusive']);
export type Verdict = z.infer<typeof verdictSchema>;

export const probeNameSchema = z.enum([
  'latency',
  'capacity',
  'deployment',
  'redeployment',
  'isolation',
  'consistency',
  'resources',
  'scaling',
  'hops',
]);
export type ProbeName = z.infer<typeof probeNameSchema>;

const sideSchema = z.strictObject({
  variant: z.string(),
  /** Centre over blocks (geometric mean for ratios, mean for differences); null where it was never measured. */
  value: z.number().nullable(),
  /** One value a block, in block order; null where the block has none. */
  blocks: z.array(z.number().nullable()),
});

/** One metric compared across two variants. */
export const findingSchema = z.strictObject({
  id: z.string(),
  probe: probeNameSchema,
  /** Name in the metric catalogue. */
  metric: z.string(),
  /** Unit of measure, for example `ms`. */
  unit: z.string(),
  /** What the metric was restricted to, if anything. */
  scope: z.strictObject({ endpoint: z.string().optional(), fault: z.string().optional() }).default({}),
  baseline: sideSchema,
  variant: sideSchema,
  /** `ratio`: variant over baseline; `difference`: variant minus baseline. Null when nothing was paired. */
  effect: z.strictObject({ kind: z.enum(['ratio', 'difference']), value: z.number() }).nullable(),
  /** 95 % interval of the effect; null below two blocks. */
  interval: z.strictObject({ low: z.number(), high: z.number() }).nullable(),
  /** Half-width of the band in which an effect means nothing here (a share for ratios); null when no A/A ran. */
  noiseFloor: z.number().nullable(),
  margin: z.number(),
  verdict: verdictSchema,
  pValue: z.number().nullable(),
  adjustedPValue: z.number().nullable(),
  /** Further blocks that would likely decide an inconclusive finding; null when unknown or decided. */
  blocksToDecide: z.number().int().nullable(),
  /** Declared differences between the two variants. */
  declared: z.array(z.string()).default([]),
  /** The finding as one plain sentence. */
  sentence: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

export const roundSchema = z.strictObject({
  id: z.string(),
  block: z.number().int().min(0),
  /** Position within the block, from 0. */
  position: z.number().int().min(0),
  variant: z.string(),
  /** True for the second copy of the baseline (A/A). */
  replica: z.boolean().default(false),
  attempt: z.number().int().min(1),
  status: z.enum(['completed', 'disturbed', 'invalid', 'failed', 'cancelled']),
  reasons: z.array(z.string()),
  startedAtMs: z.number(),
  durationMs: z.number(),
  /** Seed of this round's arrivals and data: the same for every variant of a block. */
  seed: z.number().int(),
  deployment: deploymentMeasurementSchema.nullable(),
  warmUp: warmUpSchema.nullable(),
  latency: loadMeasurementSchema.nullable(),
  resources: resourceMeasurementSchema.nullable(),
  isolation: z.array(isolationMeasurementSchema),
  capacity: capacityMeasurementSchema.nullable(),
  hops: hopsMeasurementSchema.nullable(),
  consistency: consistencyMeasurementSchema.nullable(),
  storm: stormMeasurementSchema.nullish(),
  quietness: quietnessSchema.nullable(),
  /** The generator's check of itself in every load of the round, by the load's phase. */
  generators: z.record(z.string(), generatorHealthSchema).default({}),
});
/** One fresh deployment of one variant, measured. */
export type Round = z.infer<typeof roundSchema>;

export const gateCheckSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  status: z.enum(['pass', 'fail', 'declared', 'unknown']),
  detail: z.string(),
});
export type GateCheck = z.infer<typeof gateCheckSchema>;

export const environmentSchema = z.strictObject({
  cleaveVersion: z.string(),
  runtime: z.enum(['docker', 'process']),
  /** Why this runtime was taken. */
  runtimeReason: z.string(),
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
  memoryBytes: z.number(),
  nodeVersion: z.string(),
  /** CPUs (by number) of the units, and of the generator and engine; null where not pinned. */
  applicationCpus: z.array(z.number().int()).nullable(),
  generatorCpus: z.array(z.number().int()).nullable(),
  applicationMemoryBytes: z.number().nullable(),
  sourceHash: z.string(),
  sourceCommit: z.string().nullable(),
});
export type Environment = z.infer<typeof environmentSchema>;

/** The whole outcome of an experiment: everything the report shows and everything needed to compute it again. */
export const resultSchema = z.strictObject({
  schema: z.literal('cleave/result'),
  version: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]{1,80}$/),
  title: z.string(),
  tags: z.array(z.string().max(60)).max(50).default([]),
  status: z.enum(['completed', 'cancelled', 'failed', 'interrupted']),
  reason: z.string().nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  experiment: experimentSchema,
  application: applicationSchema,
  environment: environmentSchema,
  gate: z.array(gateCheckSchema),
  /** Variant names in the order they ran, a list a block. */
  order: z.array(z.array(z.string())),
  rounds: z.array(roundSchema),
  findings: z.array(findingSchema),
});
export type Result = z.infer<typeof resultSchema>;
