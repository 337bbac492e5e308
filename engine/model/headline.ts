import type { MetricDefinition } from './metric-definition.ts';
import { own } from './own.ts';
import { metrics } from './probe/index.ts';
import type { Finding } from './result.ts';

/** Whether a finding is one of the answers to its question, and not a detail of one; what is said of one endpoint is a detail. */
export function isHeadline({ metric, scope }: Pick<Finding, 'metric' | 'scope'>): boolean {
  return own<MetricDefinition>(metrics, metric)?.headline === true && scope.endpoint === undefined;
}
