import { setTimeout as delay } from 'node:timers/promises';
import type { ResourceMeasurement, UnitResources } from '../../model/index.ts';
import type { RunningUnit, UnitStats } from '../../runtime/index.ts';
import type { ProbeContext } from '../context.ts';

/** Asking the engine costs CPU on the very machine that is measured: seldom enough not to be seen in a window of ten seconds. */
const peakIntervalMs = 5000;

/** Resource use of all units between `start` and `stop`. */
export async function watchResources(
  units: readonly RunningUnit[],
): Promise<{ stop(): Promise<{ windowMs: number; units: UnitResources[] }> }> {
  const before = await snapshot(units);
  const peaks = new Map(before.map(({ unit, stats }) => [unit, stats.memoryBytes]));
  const ended = new AbortController();
  const sampling = (async () => {
    while (!ended.signal.aborted) {
      await delay(peakIntervalMs, undefined, { signal: ended.signal }).catch(() => undefined);
      if (ended.signal.aborted) return;
      for (const { unit, stats } of await snapshot(units).catch(() => []))
        peaks.set(unit, Math.max(peaks.get(unit) ?? 0, stats.memoryBytes));
    }
  })();
  return {
    stop: async () => {
      ended.abort();
      await sampling;
      const after = await snapshot(units);
      const windowMs =
        Math.max(...after.map(({ stats }) => stats.atMs)) - Math.min(...before.map(({ stats }) => stats.atMs));
      return {
        windowMs,
        units: after.map(({ unit, stats }) => {
          const start = before.find((other) => other.unit === unit)?.stats;
          return usedBetween(unit, start, stats, Math.max(peaks.get(unit) ?? 0, stats.memoryBytes));
        }),
      };
    },
  };
}

/** What the units use without load, over the configured window. */
export async function measureIdle(context: ProbeContext): Promise<Pick<ResourceMeasurement, 'idle' | 'idleWindowMs'>> {
  const idleMs = context.experiment.probes.resources?.idleMs ?? 0;
  const watch = await watchResources(context.deployment.units);
  await delay(idleMs, undefined, { signal: context.signal });
  const { windowMs, units } = await watch.stop();
  return { idle: units, idleWindowMs: windowMs };
}

function usedBetween(unit: string, before: UnitStats | undefined, after: UnitStats, peak: number): UnitResources {
  const difference = (of: (stats: UnitStats) => number | null): number | null => {
    const end = of(after);
    const start = before === undefined ? 0 : of(before);
    return end === null || start === null ? null : Math.max(0, end - start);
  };
  return {
    unit,
    cpuSeconds: difference((stats) => stats.cpuSeconds) ?? 0,
    memoryBytes: after.memoryBytes,
    memoryPeakBytes: peak,
    networkReceivedBytes: difference((stats) => stats.networkReceivedBytes),
    networkSentBytes: difference((stats) => stats.networkSentBytes),
  };
}

async function snapshot(units: readonly RunningUnit[]): Promise<{ unit: string; stats: UnitStats }[]> {
  return Promise.all(units.map(async (unit) => ({ unit: unit.name, stats: await unit.stats() })));
}
