import { z } from 'zod';
import { proseSchema } from './text.ts';

/** How quiet the machine was around a round. */
export const quietnessSchema = z.strictObject({
  /** CPU used by programs that are not part of the experiment, share of the machine, 0 to 1; null where the system does not tell. */
  foreignCpuShare: z.number().nullable(),
  /** CPU that the hypervisor gave to others, share of the machine, 0 to 1; null where the system does not tell. */
  stolenCpuShare: z.number().nullable().default(null),
  /** Share of the time in which a sleeping thread was woken over 1 ms late; null where no thread watched (in rounds the generator's does). */
  withheldShare: z.number().nullable().default(null),
  /** Lateness of a timer in the engine, ms. */
  loopLagP99Ms: z.number(),
  quiet: z.boolean(),
  reasons: z.array(proseSchema),
});
export type Quietness = z.infer<typeof quietnessSchema>;

/** A program and how much of the machine it used, as a share of all processors, 0 to 1; processes of one name together. */
export interface LoudProgram {
  name: string;
  share: number;
}

/** How quiet the machine is at this moment, why not, and which programs use most of it. */
export interface MachineNow extends Pick<Quietness, 'quiet' | 'reasons' | 'foreignCpuShare'> {
  loudest: LoudProgram[];
}
