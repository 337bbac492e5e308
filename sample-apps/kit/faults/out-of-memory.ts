import * as z from 'zod';
import { faultKind } from './kind.ts';
import { fillMemory, limitBytesParameter } from './memory.ts';

const stepBytes = 16 * 1024 ** 2;

/** Takes all the memory the process may have, as fast as it can. */
export const outOfMemory = faultKind({
  kind: 'out-of-memory',
  parameters: z.object({ limitBytes: z.number().min(limitBytesParameter.min).max(limitBytesParameter.max).optional() }),
  inject: (_target, { limitBytes }) => fillMemory(stepBytes, 1, limitBytes),
});
