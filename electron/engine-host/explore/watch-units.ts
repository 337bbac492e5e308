import type { Deployment } from '../../../engine/deploy/index.ts';
import type { ExploreUnit, UnitState } from '../../../engine/model/index.ts';
import type { RunningUnit, UnitStats, UnitStatus } from '../../../engine/runtime/index.ts';

export interface WatchOptions {
  isFaulted: (unit: string) => boolean;
  onUnits: (units: ExploreUnit[]) => void;
  intervalMs?: number;
}

/** Asks every unit how it is, again and again, until the returned function is called. */
export function watchUnits(
  deployment: Deployment,
  { isFaulted, onUnits, intervalMs = 1000 }: WatchOptions,
): () => void {
  const earlier = new Map<string, UnitStats>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async () => {
    const units = await Promise.all(deployment.units.map((unit) => lookAt(unit, earlier, isFaulted(unit.name))));
    if (stopped) return;
    onUnits(units);
    timer = setTimeout(() => void look(), intervalMs);
  };
  void look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

async function lookAt(unit: RunningUnit, earlier: Map<string, UnitStats>, faulted: boolean): Promise<ExploreUnit> {
  const [status, stats] = await Promise.all([unit.status().catch(() => null), unit.stats().catch(() => null)]);
  const before = earlier.get(unit.name);
  if (stats !== null) earlier.set(unit.name, stats);
  return {
    name: unit.name,
    modules: [...unit.modules],
    state: stateOf(status, faulted),
    cpuShare: cpuShare(before, stats),
    memoryBytes: stats?.memoryBytes ?? null,
    restarts: status?.restarts ?? 0,
  };
}

function stateOf(status: UnitStatus | null, faulted: boolean): UnitState {
  switch (status?.state) {
    case undefined:
      return 'failed';
    case 'paused':
      return 'paused';
    case 'restarting':
      return 'restarting';
    // Nobody stops a unit of a deployment that runs; what ended was killed.
    case 'stopped':
      return 'killed';
    case 'running':
      return faulted ? 'faulted' : 'ready';
  }
}

/** CPUs used between two readings; null without an earlier one or when the unit was started anew in between. */
export function cpuShare(before: UnitStats | undefined, now: UnitStats | null): number | null {
  if (before === undefined || now === null || now.atMs <= before.atMs || now.cpuSeconds < before.cpuSeconds)
    return null;
  return (now.cpuSeconds - before.cpuSeconds) / ((now.atMs - before.atMs) / 1000);
}
