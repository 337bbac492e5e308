import type { MetricDefinition } from './metric-definition.ts';
import { own } from './own.ts';
import { metrics } from './probe/index.ts';

export type MetricName = keyof typeof metrics;

/** The probes of version 2 that are to come. */
const laterProbes = ['redeployment', 'scaling'] as const;

/** The probe under whose name a finding is kept. */
export type ProbeName = (typeof metrics)[MetricName]['probe'] | (typeof laterProbes)[number];
export const probeNames: readonly ProbeName[] = [
  ...new Set(Object.values(metrics).map(({ probe }) => probe)),
  ...laterProbes,
];

export type Metric = MetricDefinition & { probe: ProbeName };

/** The metric of that name. Throws when the catalogue has none. */
export function metricOf(name: string): Metric {
  const metric = own(metrics as Record<string, Metric>, name);
  if (metric === undefined) throw new Error(`unknown metric "${name}"`);
  return metric;
}
