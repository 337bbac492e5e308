import { z } from 'zod';
import { errorsSchema } from './load.ts';

/** The requests of one endpoint that were due in one slice. */
export const lineEndpointSchema = z.strictObject({
  scheduled: z.number().int(),
  good: z.number().int(),
  /** Steps that were not made because a request of their journey that was due in the slice went bad; not in `scheduled`. */
  notReached: z.number().int().default(0),
  /** Kinds of failure that occurred. */
  errors: errorsSchema.partial().default({}),
  /** Response time of each answer as expected, ms, ascending; good ones and late ones. */
  answersMs: z.array(z.number()),
  /** Age at which each other request ended, ms, ascending. */
  failuresMs: z.array(z.number()),
});
export type LineEndpoint = z.infer<typeof lineEndpointSchema>;

export const lineSliceSchema = z.strictObject({
  /** Start of the slice, ms since the epoch. */
  startMs: z.number(),
  lengthMs: z.number(),
  /** Time that the machine withheld from the generator, ms. */
  withheldMs: z.number().default(0),
  endpoints: z.record(z.string(), lineEndpointSchema),
});
/** One slice of a load as it is kept: everything that is said about a fault can be derived from its slices again. */
export type LineSlice = z.infer<typeof lineSliceSchema>;
