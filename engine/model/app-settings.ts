import { z } from 'zod';

/** A person's settings, as the window changes them and the profile keeps them. */
export const appSettingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  runtime: z.enum(['auto', 'docker', 'process']).default('auto'),
  /** Address of an engine to use instead of the discovered one, for example unix:///run/user/1000/docker.sock. */
  engineAddress: z.string().max(500).nullable().default(null),
  cpus: z.number().int().min(1).max(256).nullable().default(null),
  memoryBytes: z
    .number()
    .int()
    .min(64 * 2 ** 20)
    .nullable()
    .default(null),
  dataFolder: z.string().max(1000).nullable().default(null),
  notifyWhenDone: z.boolean().default(true),
  milliseconds: z.enum(['auto', 'ms']).default('auto'),
});
export type AppSettings = z.infer<typeof appSettingsSchema>;
