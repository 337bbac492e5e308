import type { Deployment } from '../../deploy/index.ts';
import type { ResourceMeasurement, UnitResources } from '../../model/index.ts';
import type { RunningUnit } from '../../runtime/index.ts';
import type { ProbeContext } from '../context.ts';
import type { RunProbe } from '../run.ts';
import { UnitMeter } from './unit-meter.ts';

/** Asking the engine costs CPU on the very machine that is measured: seldom enough not to be seen in a window of ten seconds. */
const peakIntervalMs = 5000;

type Watched = Pick<Deployment, 'clock' | 'onUnitEvent'> & {
  units: readonly Measured[];
  databases: readonly Measured[];
};
type Measured = Pick<RunningUnit, 'name' | 'instance' | 'stats'>;

/** What all units and the servers of their store use while `work` is done, which is also what keeps their peaks watched, unless somebody else is measured meanwhile: nothing is watched any more once it has ended, well or not. */
export async function resourcesDuring<T>(
  { clock, units: own, databases, onUnitEvent }: Watched,
  work: () => Promise<T>,
  { peaks = true }: { peaks?: boolean } = {},
): Promise<{ value: T; windowMs: number; units: UnitResources[] }> {
  const units = [...own, ...databases];
  const keyOf = (unit: string, instance: number): string => `${unit}#${instance}`;
  const meters = new Map(units.map(({ name, instance }) => [keyOf(name, instance), new UnitMeter()]));
  const forget = onUnitEvent(({ unit, instance, kind }) => {
    if (kind === 'start' || kind === 'restart') meters.get(keyOf(unit, instance))?.startsAnew();
  });
  const look = async (): Promise<void> => {
    await Promise.all(
      units.map(async (unit) => {
        const read = meters.get(keyOf(unit.name, unit.instance))?.reading();
        read?.(await unit.stats());
      }),
    );
  };
  await look().catch((error: unknown) => {
    forget();
    throw error;
  });
  const from = clock.monotonicMs();
  const ended = new AbortController();
  const watchPeaks = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await clock.delay(peakIntervalMs, ended.signal).catch(() => undefined);
      if (ended.signal.aborted) return;
      await look().catch(() => undefined);
    }
  };
  const sampling = peaks ? watchPeaks() : Promise.resolve();
  try {
    const value = await work().finally(() => ended.abort());
    await sampling;
    await look();
    const windowMs = clock.monotonicMs() - from;
    const used = units.flatMap(({ name, instance }): UnitResources[] => {
      const meter = meters.get(keyOf(name, instance));
      return meter === undefined ? [] : [{ unit: name, ...(instance === 0 ? {} : { instance }), ...meter.used }];
    });
    return { value, windowMs, units: used };
  } finally {
    forget();
  }
}

/** Watches the units idle, unless for no time at all; what they use under load is watched while response times are measured. */
export const runResources: RunProbe = async (run) => {
  const { context, step } = run;
  const { resources } = context.experiment.probes;
  if (resources === null) return;
  run.idle =
    resources.idleMs === 0 ? { idle: [], idleWindowMs: 0 } : await step('Watch it idle', () => measureIdle(context));
};

/** What the units use without load, over the configured window. */
async function measureIdle(context: ProbeContext): Promise<Pick<ResourceMeasurement, 'idle' | 'idleWindowMs'>> {
  const idleMs = context.experiment.probes.resources?.idleMs ?? 0;
  const { windowMs, units } = await resourcesDuring(context.deployment, () =>
    context.deployment.clock.delay(idleMs, context.signal),
  );
  return { idle: units, idleWindowMs: windowMs };
}
