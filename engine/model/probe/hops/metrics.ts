import type { MetricDefinition } from '../../metric-definition.ts';

/** What calls between units cost. */
export const metrics = {
  'remote-calls-per-journey': {
    name: 'remote-calls-per-journey',
    probe: 'hops',
    family: 'calls',
    title: 'Remote calls per journey',
    unit: 'count',
    better: 'lower',
    scale: 'difference',
    margin: 0.5,
    headline: false,
    definition: 'Mean number of calls between units that one journey makes, from sampled traces.',
  },
  'network-time-per-journey': {
    name: 'network-time-per-journey',
    probe: 'hops',
    family: 'calls',
    title: 'Network time per journey',
    unit: 'ms',
    better: 'lower',
    scale: 'difference',
    margin: 0.5,
    headline: false,
    definition: 'Time that calls between units spend outside both units, per journey, from sampled traces.',
  },
} as const satisfies Record<string, MetricDefinition>;
