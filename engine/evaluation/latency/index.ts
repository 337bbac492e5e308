import type { GeneratorHealth, MetricName, Round } from '../../model/index.ts';
import type { Condition, ProbeEvaluation } from '../probe.ts';
import { latencyMeasures } from './measures.ts';

/** Response times, and those at the higher rate. */
export const latency: ProbeEvaluation = {
  measures: latencyMeasures,
  partOf: ({ rate }) => (rate === undefined ? 'latency' : 'higher'),
  conditionOf: (round, part) => (part === 'higher' ? conditionOfHigher(round) : conditionOfLatency(round)),
  // What the load of response times was like stands among the reasons of the round.
  generatorOf: ({ higher }, part) => (part === 'higher' ? (higher?.load.generator ?? null) : null),
  isSpoilt: ({ metric, scope: { rate } }, { latency: load, higher }) =>
    touched(metric, (rate === undefined ? load : higher?.load)?.generator),
};

function conditionOfLatency({ latency: load, status }: Round): Condition {
  if (load === null) return 'missing';
  return status === 'invalid' || status === 'disturbed' ? status : 'good';
}

function conditionOfHigher({ higher }: Round): Condition {
  if (higher === null) return 'missing';
  if (!higher.load.generator.valid) return 'invalid';
  return higher.load.generator.disturbances.length > 0 ? 'disturbed' : 'good';
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
