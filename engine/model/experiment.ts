import { z } from 'zod';
import { faultSchema } from './fault.ts';
import { looksSchema } from './look.ts';
import { nameSchema } from './name.ts';
import { freeTextSchema, titleSchema } from './text.ts';
import { variantSchema } from './variant.ts';

export const runtimeChoiceSchema = z.enum(['auto', 'docker', 'process']);
export type RuntimeChoice = z.infer<typeof runtimeChoiceSchema>;
export type RuntimeKind = 'docker' | 'process';

const secondsMs = (max: number) => z.number().int().min(0).max(max);

export const probesSchema = z.strictObject({
  latency: z.strictObject({
    durationMs: secondsMs(3_600_000).min(1000),
    /** Loads the deployments of a block in turn, in windows this long; null or absent: each in one piece. */
    windows: z
      .strictObject({
        lengthMs: secondsMs(60_000).min(500),
        /** What is discarded at the start of each window, at least so long and so many requests. */
        leadInMs: secondsMs(10_000),
        leadInRequests: z.number().int().min(0).max(10_000),
      })
      .nullish(),
    /** A second load at this multiple of the experiment's rate; null or absent: none. */
    higher: z.strictObject({ factor: z.number().min(1).max(50), durationMs: secondsMs(600_000).min(1000) }).nullish(),
  }),
  resources: z.strictObject({ idleMs: secondsMs(600_000) }).nullable(),
  isolation: z
    .strictObject({
      faults: z.array(faultSchema).min(0).max(60),
      baselineMs: secondsMs(600_000).min(1000),
      faultMs: secondsMs(600_000).min(1000),
      recoveryMs: secondsMs(600_000).min(1000),
      /** Also one window pair without a fault, whose matrix must be empty. */
      control: z.boolean().default(false),
      /** Time that faults may be in effect in one round, all together, ms; null or absent: no bound. */
      budgetMs: secondsMs(3_600_000).min(1000).nullish(),
    })
    .nullable(),
  capacity: z
    .strictObject({
      startJourneysPerSecond: z.number().positive().max(100_000),
      maxJourneysPerSecond: z.number().positive().max(100_000),
      stepMs: secondsMs(600_000).min(1000),
      /** Bisection ends when the bracket is this narrow, as a share of its upper end. */
      precision: z.number().min(0.01).max(0.5),
      objective: z.strictObject({ p95Ms: z.number().positive(), availability: z.number().min(0).max(1) }),
    })
    .nullable(),
  hops: z.strictObject({ traceShare: z.number().min(0).max(1), durationMs: secondsMs(600_000).min(1000) }).nullable(),
  consistency: z.strictObject({ settleMs: secondsMs(120_000) }).nullable(),
  /** A spike of the arrival rate together with a fault: does the application come back? Null or absent: not asked. */
  storm: z
    .strictObject({
      fault: faultSchema,
      /** Arrival rate during the spike over the experiment's. */
      spikeFactor: z.number().min(1).max(50),
      baselineMs: secondsMs(600_000).min(1000),
      /** Length of the spike and of the fault, ms. */
      spikeMs: secondsMs(600_000).min(1000),
      /** How long recovery is waited for after both, ms. */
      recoveryMs: secondsMs(600_000).min(1000),
      /**
       * Fits the rate to the machine: loads of `gaugeMs`, at the experiment's rate and then at the rate found, tell what a journey costs, and
       * the storm runs at the rate that keeps what is busiest (the module's process, or the CPUs of all units) busy for the share
       * `utilisation`. Null or absent: at the experiment's rate.
       */
      pace: z
        .strictObject({ utilisation: z.number().min(0.05).max(0.95), gaugeMs: secondsMs(600_000).min(1000) })
        .nullish(),
    })
    .nullish(),
});
export type Probes = z.infer<typeof probesSchema>;

/** A file a person can edit, the window writes and the command line runs. */
export const experimentSchema = z.strictObject({
  schema: z.literal('cleave/experiment'),
  version: z.literal(2),
  name: nameSchema,
  title: titleSchema,
  /** The preset it came from, if any. */
  preset: freeTextSchema(60).nullable().default(null),
  application: nameSchema,
  /** The first is the baseline. */
  variants: z.array(variantSchema).min(1).max(8),
  /** Adds the baseline a second time to every block, to learn the noise floor. */
  noiseFloor: z.boolean().default(false),
  runtime: runtimeChoiceSchema.default('auto'),
  /** The most blocks that are run. */
  blocks: z.number().int().min(1).max(100),
  /** When the findings are looked at on the way; null: once, at the end. No look comes after the last block. */
  looks: looksSchema.nullable().default(null),
  /** Blocks are begun within this time, ms; null: all of them, however long they take. */
  budgetMs: secondsMs(24 * 3_600_000)
    .min(1000)
    .nullable()
    .default(null),
  load: z.strictObject({
    journeysPerSecond: z.number().min(0.1).max(10_000),
    arrivals: z.enum(['poisson', 'constant']).default('poisson'),
    deadlineMs: z.number().int().min(10).max(60_000).default(1000),
    maxConnections: z.number().int().min(1).max(4096).default(256),
  }),
  warmUp: z.strictObject({
    minMs: secondsMs(600_000),
    maxMs: secondsMs(600_000),
    minRequests: z.number().int().min(0).max(1_000_000),
  }),
  probes: probesSchema,
  resources: z.strictObject({
    /** CPUs all units of a deployment share; null: chosen for this machine. */
    cpus: z.number().int().min(1).max(256).nullable().default(null),
    /** Memory all units of a deployment share, bytes; null: chosen for this machine. */
    memoryBytes: z
      .number()
      .int()
      .min(64 * 2 ** 20)
      .nullable()
      .default(null),
  }),
  /** A disturbed or invalid round is repeated at most this often. */
  maxRepeats: z.number().int().min(0).max(5).default(1),
  /** Settings in which variants may differ without failing the fairness gate, for example `consistency`. */
  declaredDifferences: z.array(freeTextSchema(200)).max(20).default([]),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
});
export type Experiment = z.infer<typeof experimentSchema>;
