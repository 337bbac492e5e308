import {
  total,
  type Experiment,
  type LoadMeasurement,
  type StormMeasurement,
  type UnitResources,
} from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import { resourcesDuring } from '../resources/index.ts';

type Settings = NonNullable<Experiment['probes']['storm']>;
export type Pace = NonNullable<StormMeasurement['pace']>;

/**
 * Sees what a journey costs and gives the rate that leaves the wanted share of the bottleneck busy. Null where the experiment's own rate is to
 * be used. It looks twice, lightly and then at the rate found, because under a light load a journey is dearer.
 */
export async function findPace(
  context: ProbeContext,
  settings: Settings,
  { phase, cpus }: { phase: string; cpus: number | null },
): Promise<Pace | null> {
  if (!settings.pace) return null;
  const light = context.experiment.load.journeysPerSecond;
  const rough = await gauge(context, settings, { phase: `${phase}: gauge lightly`, cpus, journeysPerSecond: light });
  if (rough === null) return null;
  const { journeysPerSecond } = rough;
  return gauge(context, settings, { phase: `${phase}: gauge`, cpus, journeysPerSecond });
}

async function gauge(
  context: ProbeContext,
  { pace, fault }: Settings,
  { phase, cpus, journeysPerSecond }: { phase: string; cpus: number | null; journeysPerSecond: number },
): Promise<Pace | null> {
  if (!pace) return null;
  const { deployment } = context;
  const { value: load, units } = await resourcesDuring(
    deployment,
    () => startLoad(context, { phase, durationMs: pace.gaugeMs, journeysPerSecond }).done,
  );
  const host = deployment.unitHosting(fault.module).name;
  return paceOf(units, load.journeys, { host, cpus, utilisation: pace.utilisation });
}

/**
 * The rate at which the bottleneck is busy for `utilisation`: the unit `host`, whose process computes on one CPU, or all units on the `cpus` they
 * share, whichever a journey keeps busy for longer. Null where no journey or no CPU time was counted, or the CPU of some unit is not known.
 */
export function paceOf(
  units: readonly Pick<UnitResources, 'unit' | 'cpuSeconds'>[],
  journeys: LoadMeasurement['journeys'],
  { host, cpus, utilisation }: { host: string; cpus: number | null; utilisation: number },
): Pace | null {
  const seconds = (of: typeof units) => total(of.map(({ cpuSeconds }) => cpuSeconds));
  const [all, hosts] = [seconds(units), seconds(units.filter(({ unit }) => unit === host))];
  if (all === null || hosts === null) return null;
  const busiest = Math.max(hosts, cpus === null ? 0 : all / cpus);
  const started = Object.values(journeys).reduce((sum, { scheduled }) => sum + scheduled, 0);
  if (busiest <= 0 || started === 0) return null;
  const perJourney = busiest / started;
  return { journeysPerSecond: utilisation / perJourney, utilisation, journeyCpuMs: perJourney * 1000 };
}
