import type { Deployment } from '../../deploy/index.ts';

/** What the units have counted since they started. */
export interface Counters {
  /** Calls that the module received. */
  calls: number;
  retries: number;
  breakerOpens: number;
}

/** Sums over the units; null when the module's own unit cannot be asked right now. */
export async function readCounters(deployment: Deployment, module: string): Promise<Counters | null> {
  const host = deployment.unitHosting(module).name;
  const answers = await Promise.all(
    deployment.units.map(async (unit) => ({
      unit: unit.name,
      metrics: await deployment
        .control(unit.name)
        .metrics()
        .catch(() => null),
    })),
  );
  const calls = answers.find(({ unit }) => unit === host)?.metrics?.modules[module]?.calls;
  if (calls === undefined) return null;
  return answers.reduce(
    (sum, { metrics }) => ({
      calls,
      retries: sum.retries + (metrics?.policies.retries ?? 0),
      breakerOpens: sum.breakerOpens + (metrics?.policies.breakerOpens ?? 0),
    }),
    { calls, retries: 0, breakerOpens: 0 },
  );
}

/** What was counted from one look to the next; a unit that was started anew in between counts from nothing. */
export function counted(from: Counters | null, until: Counters | null): Counters {
  const since = (name: keyof Counters) => {
    const [before, after] = [from?.[name] ?? 0, until?.[name] ?? 0];
    return after >= before ? after - before : after;
  };
  return { calls: since('calls'), retries: since('retries'), breakerOpens: since('breakerOpens') };
}
