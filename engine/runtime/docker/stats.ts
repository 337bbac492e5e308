import { z } from 'zod';
import type { UnitStats } from '../types.ts';

/** A number that engines leave out, or write as something else; null: not told. */
const amount = z.number().min(0).nullish().catch(null);
const part = <T extends z.ZodRawShape>(shape: T) => z.looseObject(shape).nullish().catch(null);

const statsSchema = part({
  read: z.string().nullish().catch(null),
  cpu_stats: part({ cpu_usage: part({ total_usage: amount }) }),
  memory_stats: part({ usage: amount, stats: part({ total_inactive_file: amount, inactive_file: amount }) }),
  networks: z
    .record(z.string(), part({ rx_bytes: amount, tx_bytes: amount }))
    .nullish()
    .catch(null),
});

/**
 * Reads the engine's answer; what it does not tell is null. Memory is usage less the page cache that can be dropped, as `docker stats` shows it
 * (`total_inactive_file` on cgroup v1, `inactive_file` on v2): null where only one number is told (Podman), which may be all of usage, with the cache of a file in it with whoever read that first, or anonymous memory alone. A program that runs has used some CPU and some memory, so zeros tell nothing. Never throws.
 */
export function parseStats(answer: unknown, nowMs: number): UnitStats {
  const stats = statsSchema.parse(answer);
  const readMs = Date.parse(stats?.read ?? '');
  // The engine answers year 1 for a container that is not running.
  const hasEnded = readMs <= 0;
  const used = stats?.cpu_stats?.cpu_usage?.total_usage || null;
  const networks = stats?.networks ? Object.values(stats.networks) : null;
  return {
    atMs: readMs > 0 ? readMs : nowMs,
    cpuSeconds: hasEnded ? 0 : used === null ? null : used / 1e9,
    memoryBytes: hasEnded ? null : memoryOf(stats?.memory_stats ?? null),
    networkReceivedBytes: total(networks?.map((network) => network?.rx_bytes ?? null)),
    networkSentBytes: total(networks?.map((network) => network?.tx_bytes ?? null)),
  };
}

/** Of a container that does not run: it uses nothing, and has nothing to tell of. */
export function endedStats(nowMs: number): UnitStats {
  return {
    ...{ atMs: nowMs, cpuSeconds: 0, memoryBytes: null },
    ...{ networkReceivedBytes: null, networkSentBytes: null },
  };
}

type Told = NonNullable<NonNullable<z.infer<typeof statsSchema>>['memory_stats']>;

function memoryOf(told: Told | null): number | null {
  const usage = told?.usage || null;
  // On v1 both are there, and the other one leaves out what is below.
  const cache = told?.stats?.total_inactive_file ?? told?.stats?.inactive_file ?? null;
  return usage === null || cache === null ? null : Math.max(0, usage - cache) || null;
}

/** Null where one of them is not told, or there are none: a container without networks counts nothing. */
function total(values: readonly (number | null)[] | undefined): number | null {
  if (values === undefined || values.length === 0) return null;
  return values.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}
