import { z } from 'zod';
import { rateMeasurementShape } from '../rate-search.ts';

const count = z.number().int().min(0).max(10_000);
const instances = z.number().int().min(1).max(10_000);

export const scalingLoads = ['skewed', 'even'] as const;
/** `skewed`: most requests need the hot module; `even`: as the application's journeys have it. */
export type ScalingLoad = (typeof scalingLoads)[number];

const pointSchema = z.strictObject({
  load: z.enum(scalingLoads),
  /** Of the hot module's unit. */
  instances,
  ...rateMeasurementShape,
});
export type ScalingCurvePoint = z.infer<typeof pointSchema>;

/** The load of the elastic step. */
export const elasticPhase = 'twice the load';

const elasticSchema = z.strictObject({
  from: instances,
  to: instances,
  /** Before the step; twice as many after it. */
  journeysPerSecond: z.number().positive(),
  /** When each further instance served, ms since the step. */
  addedMs: z.array(z.number().min(0)).max(1000),
  /** From the step until the objective was met again, ms; 0 where it was never missed, null where it was not met again while anybody looked. */
  metMs: z.number().min(0).nullable(),
  /** How long it was looked, ms. */
  watchedMs: z.number().min(0),
  scheduled: count.max(100_000_000),
  /** Without a good answer in time since the step. */
  lost: count.max(100_000_000),
});
export type ElasticStep = z.infer<typeof elasticSchema>;

export const scalingMeasurementSchema = z.strictObject({
  hot: z.string(),
  /** The unit that has it. */
  unit: z.string(),
  /** Of that unit, and of all units, in the variant's topology: the whole budget. */
  declared: instances,
  total: instances,
  /** CPUs that the application may run on, what all instances may use of them together, and each. */
  applicationCpus: z.number().positive(),
  totalCores: z.number().positive(),
  coresEach: z.number().positive(),
  /** All instances together. */
  memoryBytes: z.number().positive(),
  objective: z.strictObject({ p95Ms: z.number(), availability: z.number() }),
  /** In the order in which they were measured. */
  points: z.array(pointSchema).max(1000),
  /** Null where it was not asked for, the variant has no further instance, or one alone met the objective at no rate. */
  elastic: elasticSchema.nullable(),
});
export type ScalingMeasurement = z.infer<typeof scalingMeasurementSchema>;

/** Fewer application CPUs than that, and instances do little but share one another's. */
export const leastCpusToScale = 3;

/** What it is called that is measured on so many application CPUs. */
export const scalingOrAllocation = (applicationCpus: number): 'scaling' | 'allocation' =>
  applicationCpus >= leastCpusToScale ? 'scaling' : 'allocation';

const mostInFull = 3;

/** The numbers of instances at which a unit of so many is measured: all of them up to three; of more, the powers of two and the last. */
export function countsTo(declared: number): number[] {
  return Array.from({ length: declared }, (_, index) => index + 1).filter(
    (one) => declared <= mostInFull || one === declared || Number.isInteger(Math.log2(one)),
  );
}
