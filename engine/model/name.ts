import { z } from 'zod';
import { namePattern, nameRule } from './name-rule.ts';

/** Lower-case identifier of a module, unit, topology, variant, endpoint or journey: 1 to 40 letters, digits and hyphens, starting with a letter. */
export const nameSchema = z.string().regex(namePattern, nameRule);
