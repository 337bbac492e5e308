import { z } from 'zod';
import { changeSchema } from './change.ts';
import { drawSchema } from './draw.ts';
import { otherLanguages } from './language.ts';
import { nameSchema } from './name.ts';
import { own } from './own.ts';
import { freeTextSchema, lineSchema, titleSchema } from './text.ts';

/** `required`: the caller cannot answer well without it; `optional`: it degrades (fallback or omission). */
export const needSchema = z.enum(['required', 'optional']);
export type Need = z.infer<typeof needSchema>;

const dependencySchema = z.strictObject({
  module: nameSchema,
  /** Mean calls to that module per call of this one, from the declared map (0 to 100). */
  callsPerRequest: z.number().min(0).max(100).default(1),
  need: needSchema.default('required'),
});

/** What must be right after faults, and which one module keeps. */
export const bookSchema = z.enum(['orders', 'payments', 'stock', 'notifications']);
export type Book = z.infer<typeof bookSchema>;

const moduleSchema = z.strictObject({
  title: titleSchema,
  summary: freeTextSchema(500).default(''),
  /** Source file, relative to the manifest, whose export `module` is the module's definition. */
  source: lineSchema(200),
  /** Folders, relative to the manifest, with the same module in other languages, by language. */
  languages: z.partialRecord(z.enum(otherLanguages), lineSchema(200)).optional(),
  uses: z.array(dependencySchema).default([]),
  /** The books that its audit shows. */
  keeps: z.array(bookSchema).default([]),
  /** Whether it changes what it stores; absent: it does. Instances of a unit share one store; where that is a file, only those that read may do so side by side for long. */
  writes: z.boolean().optional(),
  /** Requests that show what its operations do, relative to the manifest; absent: there are none. */
  examples: lineSchema(200).optional(),
});
export type ModuleManifest = z.infer<typeof moduleSchema>;

/** No answer waits longer for something simulated, ms. */
export const longestSimulatedMs = 60_000;

const endpointSchema = z.strictObject({
  title: titleSchema,
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** Route shown to people, for example `/api/products/:id`. */
  route: lineSchema(200).startsWith('/'),
  /** Every module that takes part in answering, by the declared map. The same map judges every variant. */
  needs: z.record(nameSchema, needSchema),
  /** Time that every good answer waits for something that is only simulated (an outside service), ms, or the tunable that says how long; absent: nothing is. */
  simulatedMs: z.union([z.number().min(0).max(longestSimulatedMs), nameSchema]).optional(),
});
export type Endpoint = z.infer<typeof endpointSchema>;

const stepSchema = z.strictObject({
  endpoint: nameSchema,
  /** Request target; `${name}` is replaced by a drawn or captured variable. */
  path: z
    .string()
    .startsWith('/')
    .max(500)
    .regex(/^[\x21-\x7e]*$/, 'must be visible ASCII without blanks; write anything else percent-encoded'),
  headers: z
    .record(
      z.string().regex(/^[!#$%&'*+.^_`|~\w-]+$/, 'must be the name of a header'),
      z.string().regex(/^[\t\x20-\x7e]*$/, 'must be ASCII without line breaks'),
    )
    .default({}),
  /** JSON body; a string that is exactly `${name}` takes the variable with its type. */
  body: z.json().optional(),
  expect: z.strictObject({
    status: z.array(z.number().int().min(100).max(599)).min(1).default([200]),
    /** Top-level JSON fields that must be present, or text that must occur in a non-JSON body. */
    fields: z.array(z.string()).default([]),
    text: z.string().optional(),
  }),
  /** Variables taken from the JSON answer: name -> dotted path. */
  capture: z.record(z.string(), z.string()).default({}),
  /** Marks the step whose outcome goes into the client ledger of the consistency probe. */
  ledger: z
    .strictObject({
      /** Template of the identity of the attempt, for example `${orderKey}`. */
      key: z.string(),
    })
    .optional(),
});
export type Step = z.infer<typeof stepSchema>;

/** Steps of one journey at most. */
export const maxSteps = 50;

const journeySchema = z.strictObject({
  title: titleSchema,
  weight: z.number().positive().max(1000),
  draw: z.record(z.string(), drawSchema).default({}),
  steps: z.array(stepSchema).min(1).max(maxSteps),
});
export type Journey = z.infer<typeof journeySchema>;

const invariantSchema = z.strictObject({
  title: titleSchema,
  kind: z.enum(['stock-conserved', 'money-conserved', 'no-negative-stock', 'outbox-delivered']),
});

const tunableSchema = z
  .strictObject({ title: titleSchema, default: z.number(), min: z.number(), max: z.number() })
  .refine(({ min, max }) => min <= max, { path: ['max'], message: 'must not be below "min"' })
  .refine((tunable) => tunable.default >= tunable.min && tunable.default <= tunable.max, {
    path: ['default'],
    message: 'must lie between "min" and "max"',
  });

/** A record with at least one entry. */
function some<T extends z.ZodType>(values: T, what: string) {
  return z
    .record(nameSchema, values)
    .refine((record) => Object.keys(record).length > 0, `must have at least one ${what}`);
}

const topologySchema = z.record(nameSchema, z.array(nameSchema).min(1));

/** The application manifest (a YAML file beside the application's source). */
export const applicationSchema = z.strictObject({
  version: z.literal(1),
  name: nameSchema,
  title: titleSchema,
  summary: freeTextSchema(1000).default(''),
  /** Source file, relative to the manifest, that exports `startUnit`. */
  kit: lineSchema(200),
  /** The module whose unit is the entry: the only one published. */
  entry: nameSchema,
  modules: some(moduleSchema, 'module'),
  endpoints: some(endpointSchema, 'endpoint'),
  journeys: some(journeySchema, 'journey'),
  seed: z.strictObject({
    default: z
      .number()
      .int()
      .min(0)
      .max(2 ** 31 - 1),
    sizes: z.record(z.string(), z.number().int().positive()),
  }),
  invariants: z.record(nameSchema, invariantSchema).default({}),
  /** Tunable amounts of work: name -> default and range; a variant or experiment may set them. */
  tunables: z.record(nameSchema, tunableSchema).default({}),
  topologies: some(topologySchema, 'topology'),
  /** Edits of the source that can be released to a running deployment, by name. */
  changes: z.record(nameSchema, changeSchema).optional(),
});
export type Application = z.infer<typeof applicationSchema>;

/** The share of requests that go to each endpoint when journeys arrive by weight (sums to 1). */
export function endpointWeights(application: Application): Record<string, number> {
  const counts = new Map<string, number>();
  let total = 0;
  for (const journey of Object.values(application.journeys)) {
    for (const step of journey.steps) {
      counts.set(step.endpoint, (counts.get(step.endpoint) ?? 0) + journey.weight);
      total += journey.weight;
    }
  }
  return Object.fromEntries([...counts].map(([name, count]) => [name, count / total]));
}

/** How long a good answer of an endpoint waits for what is only simulated, ms, with these tunables; 0 where nothing is. */
export function simulatedMsOf(
  { endpoints, tunables }: Application,
  endpoint: string,
  set: Readonly<Record<string, number>>,
): number {
  const declared = own(endpoints, endpoint)?.simulatedMs ?? 0;
  return typeof declared === 'number' ? declared : (own(set, declared) ?? own(tunables, declared)?.default ?? 0);
}

/** Mean number of requests in one journey, by weight. */
export function requestsPerJourney(application: Application): number {
  let requests = 0;
  let weights = 0;
  for (const journey of Object.values(application.journeys)) {
    requests += journey.weight * journey.steps.length;
    weights += journey.weight;
  }
  return requests / weights;
}

/** The HTTP method of each endpoint, by name. */
export function endpointMethods(application: Application): Record<string, Endpoint['method']> {
  return Object.fromEntries(Object.entries(application.endpoints).map(([name, { method }]) => [name, method]));
}
