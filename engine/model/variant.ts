import { z } from 'zod';
import { nameSchema } from './name.ts';
import { titleSchema } from './text.ts';
import { topologySchema } from './topology.ts';

/** Policies around every call between modules, local or remote. `null` switches one off. */
export const resilienceSchema = z.strictObject({
  /** Time a call between modules may take before it is given up, ms (1 to 60,000). */
  deadlineMs: z.number().int().min(1).max(60_000).default(1000),
  retries: z
    .strictObject({
      count: z.number().int().min(1).max(10),
      backoffMs: z.number().min(0).max(10_000),
      /** Share of each wait that is random, 0 to 1. */
      jitter: z.number().min(0).max(1),
      /** Retries allowed per first attempt over the last ten seconds, 0 to 1; null: no budget. */
      budget: z.number().min(0).max(1).nullable(),
    })
    .nullable()
    .default(null),
  circuitBreaker: z
    .strictObject({
      /** Failed share of calls in the window that opens it, 0 to 1. */
      failureShare: z.number().min(0.01).max(1),
      windowMs: z.number().int().min(100).max(60_000),
      minimumCallsPerSecond: z.number().min(0).max(1000),
      openMs: z.number().int().min(100).max(60_000),
    })
    .nullable()
    .default(null),
  bulkhead: z
    .strictObject({ concurrent: z.number().int().min(1).max(10_000), queued: z.number().int().min(0).max(100_000) })
    .nullable()
    .default(null),
  /** Whether callers answer without an optional module when it fails. */
  fallback: z.boolean().default(true),
  /** Requests a unit works on at once before it answers 503; null: no limit. */
  loadShedding: z
    .strictObject({ inFlight: z.number().int().min(1).max(100_000) })
    .nullable()
    .default(null),
});
export type Resilience = z.infer<typeof resilienceSchema>;

/**
 * How check-out keeps its modules' data together. `auto`: one transaction where the modules share a unit, a saga where not.
 * `naive`: plain calls in order, nothing compensated. The last two have a planted bug that the consistency probe must find.
 */
export const consistencySchema = z.enum(['auto', 'naive', 'acknowledge-before-commit', 'retry-without-key']);
export type Consistency = z.infer<typeof consistencySchema>;

/**
 * What holds the data. `sqlite`: a file of each unit. `postgres`: one server beside the units, a schema a module; `postgres-per-unit`: a server a unit. Servers are
 * inside the variant's budget.
 */
export const storeSchema = z.enum(['sqlite', 'postgres', 'postgres-per-unit']);

export const settingsSchema = z.strictObject({
  resilience: resilienceSchema.prefault({}),
  consistency: consistencySchema.default('auto'),
  outbox: z.boolean().default(true),
  store: storeSchema.default('sqlite'),
  tunables: z.record(nameSchema, z.number()).default({}),
});
/** Everything about a variant but its topology. */
export type Settings = z.infer<typeof settingsSchema>;

export const variantSchema = z.strictObject({
  name: nameSchema,
  title: titleSchema.optional(),
  topology: topologySchema,
  settings: settingsSchema.prefault({}),
});
/** One side of a comparison. */
export type Variant = z.infer<typeof variantSchema>;
