import { z } from 'zod';

/** A length of time in whole milliseconds, 0 to `max`. */
export const wholeMs = (max: number) => z.number().int().min(0).max(max);
