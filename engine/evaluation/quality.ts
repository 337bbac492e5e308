import {
  DISTURBANCE_LIMITS,
  metricOf,
  type Application,
  type ChosenRound,
  type GeneratorHealth,
  type MetricName,
  type Round,
} from '../model/index.ts';
import { faultsSeen } from './isolation/seen.ts';
import type { Measure } from './measure/index.ts';

export type Quality = ChosenRound['quality'];

/**
 * How far one measure of a round can be trusted. A round is `invalid` because some of its response times were the generator's doing; what does not
 * rest on those, such as the memory of the units, is then no worse than on a machine that was not quiet. Faults and storms have a
 * load of their own, which is judged by itself.
 */
export function qualityOf(
  { metric, scope }: Pick<Measure, 'metric' | 'scope'>,
  chosen: ChosenRound,
  application: Application,
): Quality {
  const { round, quality } = chosen;
  const { probe } = metricOf(metric);
  switch (probe) {
    case 'latency':
      if (scope.rate !== undefined) return ofHigherRate(round, metric);
      return quality === 'invalid' && !touched(metric, round.latency?.generator) ? 'disturbed' : quality;
    case 'isolation':
      return underFault(round, scope.fault, application);
    case 'deployment':
    case 'redeployment':
    case 'resources':
    case 'capacity':
    case 'consistency':
    case 'scaling':
    case 'hops':
      return quality === 'invalid' ? 'disturbed' : quality;
    default:
      return probe satisfies never;
  }
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

/** A second rate is a load of its own. */
function ofHigherRate({ higher }: Round, metric: MetricName): Quality {
  if (higher === null) return 'good';
  const { generator } = higher.load;
  if (!generator.valid && touched(metric, generator)) return 'invalid';
  return generator.disturbances.length > 0 ? 'disturbed' : 'good';
}

function underFault(round: Round, label: string | undefined, application: Application): Quality {
  const storm = round.storm?.label === label;
  const generator = storm
    ? (round.generators['storm again'] ?? round.generators['storm'])
    : round.generators['isolation'];
  // Some tenths of a millisecond in a percentile are nothing beside what a fault does.
  if (generator?.saturated) return 'invalid';
  const fault = faultsSeen(round, application).find(({ measured }) => measured.label === label);
  const disturbed = storm
    ? (generator?.disturbances.length ?? 0) > 0
    : (fault?.outcome?.withheldShare ?? 0) > DISTURBANCE_LIMITS.withheldShare;
  return disturbed ? 'disturbed' : 'good';
}
