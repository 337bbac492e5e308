import type { MetricDefinition } from './metric-definition.ts';
import { own } from './own.ts';
import { metrics, probeTable } from './probe/index.ts';

export type MetricName = keyof typeof metrics;

/** The probe under whose name a finding is kept. */
export type ProbeName = (typeof metrics)[MetricName]['probe'];

/** Those names, in the order of the report. */
export const probeNames: readonly ProbeName[] = [...new Set(Object.values(metrics).map(({ probe }) => probe))];

/** What the probe of that name is called. */
export function probeTitle(name: ProbeName): string {
  return probeTable[name].title;
}

export type Metric = MetricDefinition & { probe: ProbeName };

/** The metric of that name. Throws when the catalogue has none. */
export function metricOf(name: string): Metric {
  const metric = own(metrics as Record<string, Metric>, name);
  if (metric === undefined) throw new Error(`unknown metric "${name}"`);
  return metric;
}
