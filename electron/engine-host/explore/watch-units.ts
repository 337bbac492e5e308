import type { Deployment } from '../../../engine/deploy/index.ts';
import type { ExploreUnit, UnitState } from '../../../engine/model/index.ts';
import type { RunningUnit, UnitStats, UnitStatus } from '../../../engine/runtime/index.ts';

export interface WatchOptions {
  isFaulted: (unit: string, instance: number) => boolean;
  /** Whether instances of the unit come and go just now. */
  isChanging: (unit: string) => boolean;
  onUnits: (units: ExploreUnit[]) => void;
  intervalMs?: number;
}

/** Asks every unit how it is, again and again, until the returned function is called. */
export function watchUnits(
  deployment: Deployment,
  { isFaulted, isChanging, onUnits, intervalMs = 1000 }: WatchOptions,
): () => void {
  const earlier = new Map<string, UnitStats>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async () => {
    const units = await Promise.all(
      deployment.units.map((unit) =>
        lookAt(unit, earlier, {
          faulted: isFaulted(unit.name, unit.instance),
          changing: isChanging(unit.name),
        }),
      ),
    );
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

interface Known {
  faulted: boolean;
  changing: boolean;
}

async function lookAt(unit: RunningUnit, earlier: Map<string, UnitStats>, known: Known): Promise<ExploreUnit> {
  const [status, stats] = await Promise.all([unit.status().catch(() => null), unit.stats().catch(() => null)]);
  const key = `${unit.name} ${unit.instance}`;
  const before = earlier.get(key);
  if (stats !== null) earlier.set(key, stats);
  return {
    name: unit.name,
    instance: unit.instance,
    modules: [...unit.modules],
    state: stateOf(status, known),
    cpuShare: cpuShare(before, stats),
    memoryBytes: stats?.memoryBytes ?? null,
    restarts: status?.restarts ?? 0,
  };
}

function stateOf(status: UnitStatus | null, { faulted, changing }: Known): UnitState {
  switch (status?.state) {
    case undefined:
      return changing ? 'stopped' : 'failed';
    case 'paused':
      return 'paused';
    case 'restarting':
      return 'restarting';
    // Nobody stops a unit of a deployment that runs, unless it is being replaced; what ended otherwise was killed.
    case 'stopped':
      return changing ? 'stopped' : 'killed';
    case 'running':
      return faulted ? 'faulted' : 'ready';
  }
}

/** CPUs used between two readings; null without an earlier one or when the unit was started anew in between. */
export function cpuShare(before: UnitStats | undefined, now: UnitStats | null): number | null {
  const [earlier, later] = [before?.cpuSeconds ?? null, now?.cpuSeconds ?? null];
  if (before === undefined || now === null || earlier === null || later === null) return null;
  return now.atMs <= before.atMs || later < earlier ? null : (later - earlier) / ((now.atMs - before.atMs) / 1000);
}
