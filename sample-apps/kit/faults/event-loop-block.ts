import * as z from 'zod';
import { keepBusy } from './busy.ts';
import { faultKind } from './kind.ts';

/** Blocks the event loop of the process for `blockMs` every `everyMs`, as synchronous work in the module would. */
export const eventLoopBlock = faultKind({
  kind: 'event-loop-block',
  parameters: z.object({
    blockMs: z.number().min(1).max(10_000).default(200),
    everyMs: z.number().min(1).max(60_000).default(400),
  }),
  inject: (_target, { blockMs, everyMs }) => keepBusy(blockMs, everyMs),
});
