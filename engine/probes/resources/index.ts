import type { Deployment } from '../../deploy/index.ts';
import type { ResourceMeasurement, UnitResources } from '../../model/index.ts';
import type { RunningUnit, UnitStats } from '../../runtime/index.ts';
import type { ProbeContext } from '../context.ts';

/** Asking the engine costs CPU on the very machine that is measured: seldom enough not to be seen in a window of ten seconds. */
const peakIntervalMs = 5000;

/** What all units use while `work` is done, which is also what keeps their peaks watched: nothing is watched any more once it has ended, well or not. */
export async function resourcesDuring<T>(
  { clock, units }: Pick<Deployment, 'clock'> & { units: readonly Pick<RunningUnit, 'name' | 'stats'>[] },
  work: () => Promise<T>,
): Promise<{ value: T; windowMs: number; units: UnitResources[] }> {
  const before = await snapshot(units);
  const from = clock.monotonicMs();
  const peaks = new Map(before.map(({ unit, stats }) => [unit, stats.memoryBytes]));
  const ended = new AbortController();
  const sampling = (async () => {
    while (!ended.signal.aborted) {
      await clock.delay(peakIntervalMs, ended.signal).catch(() => undefined);
      if (ended.signal.aborted) return;
      for (const { unit, stats } of await snapshot(units).catch(() => []))
        peaks.set(unit, Math.max(peaks.get(unit) ?? 0, stats.memoryBytes));
    }
  })();
  const value = await work().finally(() => ended.abort());
  await sampling;
  const after = await snapshot(units);
  const windowMs = clock.monotonicMs() - from;
  return {
    value,
    windowMs,
    units: after.map(({ unit, stats }) => {
      const start = before.find((other) => other.unit === unit)?.stats;
      return usedBetween(unit, start, stats, Math.max(peaks.get(unit) ?? 0, stats.memoryBytes));
    }),
  };
}

/** What the units use without load, over the configured window. */
export async function measureIdle(context: ProbeContext): Promise<Pick<ResourceMeasurement, 'idle' | 'idleWindowMs'>> {
  const idleMs = context.experiment.probes.resources?.idleMs ?? 0;
  const { windowMs, units } = await resourcesDuring(context.deployment, () =>
    context.deployment.clock.delay(idleMs, context.signal),
  );
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

async function snapshot(
  units: readonly Pick<RunningUnit, 'name' | 'stats'>[],
): Promise<{ unit: string; stats: UnitStats }[]> {
  return Promise.all(units.map(async (unit) => ({ unit: unit.name, stats: await unit.stats() })));
}
