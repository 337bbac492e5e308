import * as z from 'zod';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be 1 to 40 lower-case letters, digits or hyphens, starting with a letter');
const port = z.number().int().min(0).max(65_535);

/**
 * Policies round every call between modules, local or remote; `null` switches one off. Times in ms. `deadlineMs` is the patience of one attempt; the
 * breaker does not count one that ran out of less than two fifths of it.
 */
export const resilienceSchema = z.object({
  deadlineMs: z.number().int().min(1).max(60_000).default(1000),
  retries: z
    .object({
      count: z.number().int().min(1).max(10),
      backoffMs: z.number().min(0).max(10_000),
      jitter: z.number().min(0).max(1),
      budget: z.number().min(0).max(1).nullable(),
    })
    .nullable()
    .default(null),
  circuitBreaker: z
    .object({
      failureShare: z.number().min(0.01).max(1),
      windowMs: z.number().int().min(100).max(60_000),
      minimumCallsPerSecond: z.number().min(0).max(1000),
      openMs: z.number().int().min(100).max(60_000),
    })
    .nullable()
    .default(null),
  bulkhead: z
    .object({ concurrent: z.number().int().min(1).max(10_000), queued: z.number().int().min(0).max(100_000) })
    .nullable()
    .default(null),
  fallback: z.boolean().default(true),
  loadShedding: z
    .object({ inFlight: z.number().int().min(1).max(100_000) })
    .nullable()
    .default(null),
});
export type Resilience = z.infer<typeof resilienceSchema>;

export const settingsSchema = z.object({
  resilience: resilienceSchema.prefault({}),
  consistency: z.enum(['auto', 'naive', 'acknowledge-before-commit', 'retry-without-key']).default('auto'),
  outbox: z.boolean().default(true),
  store: z.enum(['sqlite', 'postgres', 'postgres-per-unit']).default('sqlite'),
  tunables: z.record(z.string(), z.number()).default({}),
});
export type Settings = z.infer<typeof settingsSchema>;

/** A pool of connections is made of it, which takes no path. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && pathname === '/' && search === '' && hash === '';
}

/** Where the instances of a unit answer. */
export const addressesSchema = z
  .array(z.string().refine(isOrigin, 'must be the address of a server, like http://name:80'))
  .min(1, 'must have at least one address')
  .max(100, 'must have at most 100 addresses')
  .refine((urls) => new Set(urls).size === urls.length, 'must not have an address twice');

/** The PostgreSQL server that holds the data, for units whose store is no file of their own. */
export const databaseSchema = z.object({
  host: z.string().min(1),
  port: port.min(1),
  user: z.string().min(1),
  password: z.string(),
  name: z.string().min(1),
  /** The most that this instance may hold at once. */
  connections: z.number().int().min(1).max(100),
});
export type DatabaseServer = z.infer<typeof databaseSchema>;

/** What a unit is told at its start, in the environment variable `CLEAVE_UNIT`. */
export const configurationSchema = z
  .object({
    protocol: z.literal(1),
    application: z.string().min(1),
    unit: name,
    /** Which instance of its unit this is, from 0. It stays the same when the process is started again. */
    instance: z.number().int().min(0).default(0),
    modules: z.array(name).min(1),
    units: z.record(name, z.object({ modules: z.array(name).min(1), urls: addressesSchema })),
    listen: z.object({ host: z.string().min(1), port }),
    control: z.object({ host: z.string().min(1), port, token: z.string().min(16, 'must have at least 16 characters') }),
    dataDirectory: z.string().min(1),
    seed: z.object({
      value: z.number().int().min(0),
      sizes: z.record(z.string(), z.number().int().positive()).default({}),
    }),
    settings: settingsSchema.prefault({}),
    /** Absent: SQLite in `dataDirectory`. */
    database: databaseSchema.optional(),
  })
  .refine(({ settings, database }) => (settings.store === 'sqlite') === (database === undefined), {
    path: ['database'],
    message: 'must be given with the stores postgres and postgres-per-unit, and only with those',
  });
export type Configuration = z.infer<typeof configurationSchema>;

/** Thrown when `CLEAVE_UNIT` is missing or wrong; the message is one sentence naming the field. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}

/** Reads and checks the unit's configuration. Throws `ConfigurationError`. */
export function readConfiguration(environment: Record<string, string | undefined>): Configuration {
  const text = environment['CLEAVE_UNIT'];
  if (text === undefined || text === '')
    throw new ConfigurationError('CLEAVE_UNIT is not set; it must hold the configuration of the unit as JSON');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ConfigurationError('CLEAVE_UNIT is not valid JSON');
  }
  const parsed = configurationSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigurationError(
      `CLEAVE_UNIT: ${issue?.path.join('.') || 'the configuration'}: ${issue?.message ?? 'not valid'}`,
    );
  }
  return parsed.data;
}
