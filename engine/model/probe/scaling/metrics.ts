import type { MetricDefinition } from '../../metric-definition.ts';

const rate = { probe: 'scaling', better: 'higher', scale: 'ratio', margin: 0.05, unit: 'requests/s' } as const;
const elastic = { probe: 'scaling', family: 'elastic step', better: 'lower' } as const;

/** What a budget carries, by how it is given out. */
export const metrics = {
  'skewed-good-rate': {
    ...rate,
    name: 'skewed-good-rate',
    family: 'skewed load',
    title: 'Carried at equal budget, skewed load',
    spoken: { words: 'the same budget carries, most requests being for the hot module,', as: 'amount' },
    headline: true,
    definition:
      'Good requests a second at the highest rate that meets the objective, with all instances of the variant, each held to an equal part of the same CPU; the same memory is shared out over them by their number of modules. Four in five arrivals need the hot module.',
  },
  'skewed-good-per-cpu': {
    ...rate,
    name: 'skewed-good-per-cpu',
    family: 'skewed load',
    title: 'Carried per CPU, skewed load',
    headline: false,
    definition:
      'The same over the CPUs that all instances may use together. What a database server uses is neither held to a share nor counted.',
  },
  'skewed-good-per-gib': {
    ...rate,
    name: 'skewed-good-per-gib',
    family: 'skewed load',
    title: 'Carried per GiB, skewed load',
    headline: false,
    definition: 'The same over the memory that the deployment may use, GiB.',
  },
  'even-good-rate': {
    ...rate,
    name: 'even-good-rate',
    family: 'even load',
    title: 'Carried at equal budget, even load',
    spoken: { words: 'the same budget carries, under the usual mix of requests,', as: 'amount' },
    headline: true,
    definition:
      "Good requests a second at the highest rate that meets the objective, with all instances of the variant, each held to an equal part of the same CPU; the same memory is shared out over them by their number of modules. Requests come as in the application's journeys.",
  },
  'even-good-per-cpu': {
    ...rate,
    name: 'even-good-per-cpu',
    family: 'even load',
    title: 'Carried per CPU, even load',
    headline: false,
    definition:
      'The same over the CPUs that all instances may use together. What a database server uses is neither held to a share nor counted.',
  },
  'even-good-per-gib': {
    ...rate,
    name: 'even-good-per-gib',
    family: 'even load',
    title: 'Carried per GiB, even load',
    headline: false,
    definition: 'The same over the memory that the deployment may use, GiB.',
  },
  'elastic-time': {
    ...elastic,
    name: 'elastic-time',
    title: 'Time to serve twice the load',
    spoken: { words: 'to serve twice the load by adding instances takes', as: 'time' },
    unit: 'ms',
    scale: 'difference',
    margin: 1000,
    resolution: 1000,
    headline: true,
    definition:
      'From the instant at which the rate doubles, to the start of the first three seconds in which the objective is met again while instances are added one after another; 0 where it was never missed.',
  },
  'elastic-lost-share': {
    ...elastic,
    name: 'elastic-lost-share',
    title: 'Share of requests lost while instances were added',
    unit: 'share',
    scale: 'share',
    margin: 0.01,
    headline: false,
    definition:
      'Requests without a good answer in time over all that were scheduled, from the instant at which the rate doubles to the end of the load. Each variant has a load of its own, twice 0.7 of what its one instance carries.',
  },
  'elastic-lost': {
    ...elastic,
    name: 'elastic-lost',
    title: 'Requests lost while instances were added',
    unit: 'requests',
    scale: 'count',
    margin: 5,
    headline: false,
    definition:
      'Only in results of before, which compared numbers: requests without a good answer in time, from the instant at which the rate doubles to the end of the load. Variants had different loads, so that more lost may be a smaller share.',
  },
} as const satisfies Record<string, MetricDefinition>;
