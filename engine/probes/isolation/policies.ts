import type { Deployment } from '../../deploy/index.ts';
import type { RunningUnit } from '../../runtime/index.ts';

const intervalMs = 250;

/** Watches the circuit breakers of a deployment and notes each change of state. Idle where the variant has none. */
export function watchPolicies(deployment: Deployment): { stop(): Promise<{ atMs: number; text: string }[]> } {
  const changes: { atMs: number; text: string }[] = [];
  if (deployment.variant.settings.resilience.circuitBreaker === null) return { stop: async () => changes };
  const ended = new AbortController();
  const known = new Map<string, string>();
  const look = async ({ name, instance }: RunningUnit) => {
    const { atMs, policies } = await deployment.control(name, instance).metrics();
    for (const [target, state] of Object.entries(policies.breakerState)) {
      const key = `${name}${instance === 0 ? '' : ` #${instance}`} -> ${target}`;
      if (state !== (known.get(key) ?? 'closed')) changes.push({ atMs, text: `${key} is ${state}` });
      known.set(key, state);
    }
  };
  const watching = (async () => {
    while (!ended.signal.aborted) {
      // A unit that is down right now cannot be asked; that is what the fault is about.
      await Promise.allSettled(deployment.units.map(look));
      await deployment.clock.delay(intervalMs, ended.signal).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      ended.abort();
      await watching;
      return changes.toSorted((a, b) => a.atMs - b.atMs);
    },
  };
}
