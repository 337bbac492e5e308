import * as z from 'zod';
import { faultKind } from './kind.ts';
import { fillMemory, limitBytesParameter } from './memory.ts';

const everyMs = 100;

/** Resident memory grows by `bytesPerSecond` until the limit ends the process. */
export const memoryLeak = faultKind({
  kind: 'memory-leak',
  parameters: z.object({
    bytesPerSecond: z
      .number()
      .min(1024)
      .max(4 * 1024 ** 3)
      .default(16 * 1024 ** 2),
    limitBytes: z.number().min(limitBytesParameter.min).max(limitBytesParameter.max).optional(),
  }),
  inject: (_target, { bytesPerSecond, limitBytes }) =>
    fillMemory(Math.ceil((bytesPerSecond * everyMs) / 1000), everyMs, limitBytes),
});
