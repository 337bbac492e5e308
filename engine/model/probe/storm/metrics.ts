import type { MetricDefinition } from '../../metric-definition.ts';

/** What a spike of load and a fault at once do. */
export const metrics = {
  'storm-good-share': {
    name: 'storm-good-share',
    probe: 'isolation',
    family: 'storm',
    title: 'Good requests through the storm',
    unit: 'share',
    better: 'higher',
    scale: 'share',
    margin: 0.05,
    headline: true,
    definition: 'Good over scheduled requests from the beginning of spike and fault until the end of the observation.',
  },
  'retry-amplification': {
    name: 'retry-amplification',
    probe: 'isolation',
    family: 'storm',
    title: 'Retry amplification',
    unit: 'count',
    better: 'lower',
    scale: 'difference',
    margin: 0.1,
    headline: false,
    definition:
      'Calls that the faulted module receives for each request to an endpoint that uses it, over the same before the storm.',
  },
  'storm-recovery': {
    name: 'storm-recovery',
    probe: 'isolation',
    family: 'storm',
    title: 'Recovery from the storm',
    unit: 'ms',
    better: 'lower',
    scale: 'difference',
    margin: 500,
    resolution: 250,
    headline: true,
    definition:
      'From the end of spike and fault until availability and p95 are back; censored when not reached (metastable).',
  },
} as const satisfies Record<string, MetricDefinition>;
