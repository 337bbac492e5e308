import type { Deployment } from '../deploy/index.ts';
import { ControlError } from '../deploy/index.ts';
import type { RunningUnit } from '../runtime/index.ts';

const triesMost = 3;

/** Waits until the unit answers its readiness check. Throws when it does not within `timeoutMs`. Returns when that was, ms since the epoch. */
export function awaitReady(deployment: Deployment, unit: RunningUnit, timeoutMs = 30_000): Promise<number> {
  return awaitAnswer(deployment, `${unit.serviceUrl}/health/ready`, timeoutMs);
}

async function awaitAnswer(deployment: Deployment, url: string, timeoutMs: number): Promise<number> {
  const { readyAtMs } = await deployment.agent.awaitReady(url, { intervalMs: 20, timeoutMs });
  return readyAtMs;
}

/** What keeps a unit from serving, in words; null when it runs. */
export async function notRunning(unit: RunningUnit): Promise<string | null> {
  const { state } = await unit.status();
  return state === 'running' ? null : `unit "${unit.name}" is ${state}`;
}

/**
 * Takes a fault's hook out of a unit whose process may be about to end, or just be starting again: a process that was replaced has
 * forgotten the hook, which is as good. Returns when the unit was without it, ms since the epoch.
 */
export async function removeHook(deployment: Deployment, unit: RunningUnit, id: string): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await deployment.control(unit.name, unit.instance).undo(id)).undoneAtMs;
    } catch (error) {
      if (error instanceof ControlError && error.status === 404) return deployment.clock.nowMs();
      if (attempt === triesMost) throw error;
      // Alive, not ready: the fault may be the very thing that keeps the unit from being ready.
      await awaitAnswer(deployment, `${unit.serviceUrl}/health/live`, 30_000);
    }
  }
}

/** What is left of a hook, in words; null when the unit runs without it. */
export async function hookRemains(deployment: Deployment, unit: RunningUnit, id: string): Promise<string | null> {
  const { faults } = await deployment.control(unit.name, unit.instance).faults();
  return faults.some((active) => active.id === id) ? `the fault is still active in unit "${unit.name}"` : null;
}
