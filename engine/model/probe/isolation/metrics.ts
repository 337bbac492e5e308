import type { MetricDefinition } from '../../metric-definition.ts';

/** What one fault does. */
export const metrics = {
  'isolation-index': {
    name: 'isolation-index',
    probe: 'isolation',
    family: 'fault',
    title: 'Isolation index',
    unit: 'share',
    better: 'higher',
    scale: 'share',
    margin: 0.05,
    headline: false,
    definition:
      'One minus the traffic-weighted loss of the endpoints that do not need the faulted module, in the 2.5 s after it took effect; what was not reached counts as lost.',
  },
  'fault-breadth': {
    name: 'fault-breadth',
    probe: 'isolation',
    family: 'fault',
    title: 'Breadth of a fault',
    unit: 'share',
    better: 'lower',
    scale: 'share',
    margin: 0.05,
    headline: false,
    definition: 'Share of traffic that goes to endpoints that were hurt, in each deployment.',
  },
  'fault-severity': {
    name: 'fault-severity',
    probe: 'isolation',
    family: 'fault',
    title: 'Severity of a fault',
    unit: 'share',
    better: 'lower',
    scale: 'share',
    margin: 0.05,
    headline: false,
    definition:
      'Traffic-weighted share of good requests lost in the 2.5 s after the fault took effect; what was not reached counts as lost.',
  },
  'lost-good-requests': {
    name: 'lost-good-requests',
    probe: 'isolation',
    family: 'fault',
    title: 'Lost good requests',
    unit: 'requests',
    better: 'lower',
    scale: 'count',
    margin: 5,
    headline: true,
    definition:
      'Good requests missing against the share before the fault, from the slice in which it took effect to the end of the observation; what was not reached counts as lost.',
  },
  'time-to-recover': {
    name: 'time-to-recover',
    probe: 'isolation',
    family: 'fault',
    title: 'Time to recover',
    unit: 'ms',
    better: 'lower',
    scale: 'difference',
    margin: 500,
    resolution: 250,
    headline: false,
    definition:
      'From the effect (self-healing faults) or the undo until availability and p95 are back; censored when not reached.',
  },
} as const satisfies Record<string, MetricDefinition>;
