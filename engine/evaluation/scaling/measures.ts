import type { ElasticStep, MetricName, ScalingLoad, ScalingMeasurement } from '../../model/index.ts';
import type { Count } from '../../statistics/index.ts';
import { observed, type Measure, type MeasureContext } from '../measure.ts';
import { elasticOf } from './elastic.ts';

const gib = 2 ** 30;

/** What the whole budget carried, and how fast more of it was of use; a search that ended at its own limit or the generator's knows only a lower bound. */
export function scalingMeasures({ experiment }: MeasureContext): Measure[] {
  const settings = experiment.probes.scaling ?? null;
  if (settings === null) return [];
  // Bisection ends at a bracket this wide, as a share of its upper end, so rates come in steps of that.
  const resolution = -Math.log1p(-settings.search.precision);
  const carried = (metric: MetricName, load: ScalingLoad, per: (one: ScalingMeasurement) => number): Measure => ({
    ...{ metric, scope: {}, resolution },
    read: ({ scaling }) => {
      const point = scaling?.points.find((one) => one.load === load && one.instances === scaling.declared);
      const good = point?.goodPerSecond ?? 0;
      if (scaling == null || point === undefined || good <= 0) return null;
      return { value: good / per(scaling), censored: point.bounded !== 'bracketed' };
    },
  });
  return [
    carried('skewed-good-rate', 'skewed', () => 1),
    carried('skewed-good-per-cpu', 'skewed', ({ totalCores }) => totalCores),
    carried('skewed-good-per-gib', 'skewed', ({ memoryBytes }) => memoryBytes / gib),
    carried('even-good-rate', 'even', () => 1),
    carried('even-good-per-cpu', 'even', ({ totalCores }) => totalCores),
    carried('even-good-per-gib', 'even', ({ memoryBytes }) => memoryBytes / gib),
    {
      metric: 'elastic-time',
      scope: {},
      read: (round) => {
        const step = elasticOf(round);
        return step === null ? null : { value: step.metMs ?? step.watchedMs, censored: step.metMs === null };
      },
    },
    {
      metric: 'elastic-lost-share',
      scope: {},
      read: (round) => {
        const lost = lostOf(elasticOf(round));
        return lost === null ? null : observed(lost.successes / lost.trials);
      },
      counts: (round) => lostOf(elasticOf(round)),
    },
  ];
}

/** Each variant's load is its own, so that numbers of requests are of different loads. */
function lostOf(step: ElasticStep | null): Count | null {
  return step === null || step.scheduled === 0 ? null : { successes: step.lost, trials: step.scheduled };
}
