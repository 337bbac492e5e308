import type { MetricDefinition } from '../../metric-definition.ts';

/** The highest rate within the objective. */
export const metrics = {
  'capacity-rate': {
    name: 'capacity-rate',
    probe: 'capacity',
    family: 'capacity',
    title: 'Capacity',
    spoken: { words: 'the load it carries is', as: 'amount' },
    unit: 'journeys/s',
    better: 'higher',
    scale: 'ratio',
    margin: 0.05,
    headline: true,
    definition: 'Highest rate of journeys at which p95 and availability meet the objective.',
  },
  'capacity-good-per-cpu': {
    name: 'capacity-good-per-cpu',
    probe: 'capacity',
    family: 'capacity',
    title: 'Good requests per second and CPU',
    unit: 'requests/s',
    better: 'higher',
    scale: 'ratio',
    margin: 0.05,
    headline: false,
    definition: 'Good requests per second at capacity over the CPUs the deployment may use.',
  },
} as const satisfies Record<string, MetricDefinition>;
