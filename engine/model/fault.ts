import { z } from 'zod';
import { faultKinds, type FaultKind } from './fault-kind.ts';
import { nameSchema } from './name.ts';

export type { FaultKind };

/** See `faultKinds`. */
export const faultKindSchema = z.enum(faultKinds);

export const faultSchema = z.strictObject({
  kind: faultKindSchema,
  /** The module the fault is done to; unit-scope faults hit whichever unit hosts it. */
  module: nameSchema,
  /** Which instances of the unit are hit; absent: all. Where there is one it makes no difference. */
  instances: z.enum(['all', 'one']).optional(),
  /** Second module, for a partition. */
  peer: nameSchema.optional(),
  /** Added delay for `slow`, ms; spread as a share for the distributed form. */
  delayMs: z.number().min(0).max(60_000).optional(),
  jitter: z.number().min(0).max(1).optional(),
  /** Share of calls that fail, 0 to 1, for `errors` and bad releases. */
  share: z.number().min(0).max(1).optional(),
});
/** Something done to a module or a unit, with its undo. */
export type Fault = z.infer<typeof faultSchema>;

/** The numbers that a kind of fault takes; any other would do nothing. */
export const faultParameters: Readonly<
  Partial<Record<FaultKind, readonly ('peer' | 'delayMs' | 'jitter' | 'share')[]>>
> = {
  slow: ['delayMs', 'jitter'],
  errors: ['share'],
  'event-loop-block': ['delayMs'],
  'cpu-hog': ['share'],
  'memory-leak': ['share'],
  partition: ['peer'],
  'bad-release-errors': ['share'],
};
