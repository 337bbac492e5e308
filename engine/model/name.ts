import { z } from 'zod';

/** Lower-case identifier of a module, unit, topology, variant, endpoint or journey: 1 to 40 letters, digits and hyphens, starting with a letter. */
export const nameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be 1 to 40 lower-case letters, digits or hyphens, starting with a letter');
