import { z } from 'zod';
import type { UnitStats } from '../types.ts';

const statsSchema = z.looseObject({
  read: z.string(),
  cpu_stats: z.looseObject({ cpu_usage: z.looseObject({ total_usage: z.number().default(0) }) }),
  memory_stats: z
    .looseObject({ usage: z.number().default(0), stats: z.record(z.string(), z.number()).nullish() })
    .default({ usage: 0 }),
  networks: z.record(z.string(), z.looseObject({ rx_bytes: z.number(), tx_bytes: z.number() })).nullish(),
});

/**
 * Reads the engine's answer. Memory is usage less the page cache that can be dropped, as `docker stats` shows it (`total_inactive_file` on
 * cgroup v1, `inactive_file` on v2).
 */
export function parseStats(answer: unknown, nowMs: number): UnitStats {
  const stats = statsSchema.parse(answer);
  const readMs = Date.parse(stats.read);
  const cache = stats.memory_stats.stats?.['total_inactive_file'] ?? stats.memory_stats.stats?.['inactive_file'] ?? 0;
  const networks = stats.networks ? Object.values(stats.networks) : null;
  return {
    // The engine answers year 1 for a container that is not running.
    atMs: readMs > 0 ? readMs : nowMs,
    cpuSeconds: stats.cpu_stats.cpu_usage.total_usage / 1e9,
    memoryBytes: Math.max(0, stats.memory_stats.usage - cache),
    networkReceivedBytes: networks && networks.reduce((sum, network) => sum + network.rx_bytes, 0),
    networkSentBytes: networks && networks.reduce((sum, network) => sum + network.tx_bytes, 0),
  };
}
