import type { Deployment } from '../../deploy/index.ts';
import { own } from '../../model/index.ts';

/** What the units have counted since they started. */
export interface Counters {
  /** Calls that the module received. */
  calls: number;
  retries: number;
  breakerOpens: number;
}

/** How long a module that a storm has filled may take to work off its line and be asked, ms. */
const patienceMs = 30_000;
const betweenTriesMs = 250;

/** Sums over the units; null when the module's own unit cannot be asked right now. */
export async function readCounters(
  deployment: Pick<Deployment, 'units' | 'unitHosting' | 'control'>,
  module: string,
): Promise<Counters | null> {
  const host = deployment.unitHosting(module).name;
  const answers = await Promise.all(
    deployment.units.map(async (unit) => ({
      unit: unit.name,
      metrics: await deployment
        .control(unit.name, unit.instance)
        .metrics()
        .catch(() => null),
    })),
  );
  const received = answers
    .filter(({ unit }) => unit === host)
    .map(({ metrics }) => own(metrics?.modules, module)?.calls);
  if (received.length === 0 || received.includes(undefined)) return null;
  const calls = received.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return answers.reduce(
    (sum, { metrics }) => ({
      calls,
      retries: sum.retries + (metrics?.policies.retries ?? 0),
      breakerOpens: sum.breakerOpens + (metrics?.policies.breakerOpens ?? 0),
    }),
    { calls, retries: 0, breakerOpens: 0 },
  );
}

/** As `readCounters`, after a storm: a module that still works off what waits in its line answers only when it comes to the question. */
export async function readCountersPatiently(
  deployment: Parameters<typeof readCounters>[0] & Pick<Deployment, 'clock'>,
  module: string,
  signal: AbortSignal,
): Promise<Counters | null> {
  const { clock } = deployment;
  for (const untilMs = clock.monotonicMs() + patienceMs; ;) {
    const counters = await readCounters(deployment, module);
    if (counters !== null || clock.monotonicMs() >= untilMs) return counters;
    await clock.delay(betweenTriesMs, signal);
  }
}

/** What was counted from one look to the next; a unit that was started anew in between counts from nothing. Null where a look failed. */
export function counted(from: Counters | null, until: Counters | null): Counters | null {
  if (from === null || until === null) return null;
  const since = (name: keyof Counters) => (until[name] >= from[name] ? until[name] - from[name] : until[name]);
  return { calls: since('calls'), retries: since('retries'), breakerOpens: since('breakerOpens') };
}
