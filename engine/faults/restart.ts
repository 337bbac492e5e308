import type { Deployment } from '../deploy/index.ts';
import type { RunningUnit } from '../runtime/index.ts';

/** Waits until the unit answers its readiness check. Throws when it does not within `timeoutMs`. */
export async function awaitReady(deployment: Deployment, unit: RunningUnit, timeoutMs = 30_000): Promise<number> {
  const { readyAtMs } = await deployment.agent.awaitReady(`${unit.serviceUrl}/health/ready`, { intervalMs: 20, timeoutMs });
  return readyAtMs;
}

/** What keeps a unit from serving, in words; null when it runs. */
export async function notRunning(unit: RunningUnit): Promise<string | null> {
  const { state } = await unit.status();
  return state === 'running' ? null : `unit "${unit.name}" is ${state}`;
}
