import {
  faultPart,
  metricOf,
  stormLabel,
  type Experiment,
  type GeneratorHealth,
  type MetricName,
  type Part,
} from '../model/index.ts';
import type { ChosenRound } from './choose.ts';
import { isImpossible, type Condition } from './condition.ts';
import type { Measure } from './measure/index.ts';

/** The part of a round that a measure is read from. */
export function partOf({ metric, scope }: Pick<Measure, 'metric' | 'scope'>, experiment: Experiment): Part {
  const { probe } = metricOf(metric);
  switch (probe) {
    case 'latency':
      return scope.rate === undefined ? 'latency' : 'higher';
    case 'resources':
      return 'latency';
    case 'isolation': {
      const storm = experiment.probes.storm ?? null;
      return storm !== null && scope.fault === stormLabel(storm) ? 'storm' : faultPart(scope.fault ?? '');
    }
    case 'deployment':
    case 'consistency':
    case 'capacity':
    case 'hops':
      return probe;
    case 'redeployment':
    case 'scaling':
      return 'deployment';
    default:
      return probe satisfies never;
  }
}

/**
 * How far one measure of a round can be trusted. A part is `invalid` because some of its response times were the generator's doing; what does not
 * rest on those, such as the memory of the units, is then no worse than on a machine that was not quiet.
 */
export function qualityOf({ metric, scope }: Pick<Measure, 'metric' | 'scope'>, chosen: ChosenRound): Condition {
  const { round, condition } = chosen;
  if (condition !== 'invalid' || isImpossible(round)) return condition;
  const { probe } = metricOf(metric);
  if (probe === 'isolation') return condition;
  const generator = scope.rate === undefined ? round.latency?.generator : round.higher?.load.generator;
  return probe === 'latency' && touched(metric, generator) ? 'invalid' : 'disturbed';
}

/** Whether what was wrong with the generator is in this metric of its requests. */
function touched(metric: MetricName, generator: GeneratorHealth | undefined): boolean {
  if (generator === undefined || generator.saturated || generator.shifted.length === 0) return true;
  switch (metric) {
    // From the moment of sending; and in time or not, which a late start of some milliseconds does not change.
    case 'service-p50':
    case 'availability':
      return false;
    case 'response-p50':
      return generator.shifted.includes('p50');
    default:
      return true;
  }
}
