import {
  countsTo,
  createRandom,
  scalingLoads,
  type ScalingCurvePoint,
  type ScalingLoad,
  type ScalingMeasurement,
} from '../../model/index.ts';
import { findHighestRate } from '../rate-search/index.ts';
import type { ProbeRun, RunProbe } from '../run.ts';
import { measureElastic } from './elastic.ts';
import { Subject } from './subject.ts';

/** A search begins at this share of what is expected: its second step is then likely too much, and the two hold what it looks for between them. */
const beginAt = 0.8;

export const runScaling: RunProbe = async (run) => {
  const settings = run.context.experiment.probes.scaling ?? null;
  if (settings === null) return;
  const applicationCpus = run.cpus ?? 1;
  const totalCores = settings.cpuShare * applicationCpus;
  const subject = new Subject(run.context, settings, totalCores);
  run.round.scaling = await measureScaling(run, subject, { applicationCpus, totalCores });
  // As it was, for whoever measures next. A deployment of which this failed is removed.
  await subject.bring(subject.declared);
};

async function measureScaling(
  { context, step, memoryBytes }: ProbeRun,
  subject: Subject,
  cores: Pick<ScalingMeasurement, 'applicationCpus' | 'totalCores'>,
): Promise<ScalingMeasurement> {
  const { settings, unit, declared, total, coresEach } = subject;
  const random = createRandom(context.seed, 'instances');
  const points: ScalingCurvePoint[] = [];
  // In another order in each block, so that what one leaves behind meets all alike.
  for (const count of random.shuffle(countsTo(declared))) {
    const title = `What ${count} of ${declared} instances of ${unit} carry`;
    await step(title, async () => {
      await subject.bring(count);
      for (const load of random.shuffle(scalingLoads)) {
        await subject.settle(load);
        points.push(await carriedBy(context, subject, { load, count, points }));
      }
    });
  }
  const carriedOne = points.find(({ load, instances }) => load === 'skewed' && instances === 1)?.journeysPerSecond;
  const { elasticMs } = settings;
  const elastic =
    elasticMs === null || declared === 1 || carriedOne === null || carriedOne === undefined
      ? null
      : await step('Twice the load, and instances added', async () => {
          await subject.bring(1);
          await subject.settle('skewed');
          return measureElastic(context, subject, { carriedOne, watchedMs: elasticMs });
        });
  return {
    ...{ hot: settings.hot, unit, declared, total, ...cores, coresEach, memoryBytes },
    objective: settings.search.objective,
    ...{ points, elastic },
  };
}

async function carriedBy(
  context: ProbeRun['context'],
  subject: Subject,
  { load, count, points }: { load: ScalingLoad; count: number; points: readonly ScalingCurvePoint[] },
): Promise<ScalingCurvePoint> {
  const { search } = subject.settings;
  const start = Math.min(
    search.maxJourneysPerSecond,
    beginAt * expectedRate(load, count, points) || search.startJourneysPerSecond,
  );
  const found = await findHighestRate(context, {
    search: { ...search, startJourneysPerSecond: start },
    phase: `${load} load ×${count}`,
    journeys: subject.journeys(load),
    before: async (missed) => {
      if (missed) await subject.relieve();
    },
  });
  // What the last step left is nobody else's.
  await subject.relieve();
  return { load, instances: count, ...found };
}

/** What so many instances would carry if they carried as much each as the nearest number that was measured; 0 where none was. */
function expectedRate(load: ScalingLoad, count: number, points: readonly ScalingCurvePoint[]): number {
  const known = points
    .filter((point) => point.load === load && point.journeysPerSecond !== null)
    .toSorted((a, b) => Math.abs(a.instances - count) - Math.abs(b.instances - count));
  const [nearest] = known;
  return nearest === undefined ? 0 : ((nearest.journeysPerSecond ?? 0) * count) / nearest.instances;
}
