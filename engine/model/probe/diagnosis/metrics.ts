import type { MetricDefinition } from '../../metric-definition.ts';

/** How far it is from a failing request to its cause. */
export const metrics = {
  'cause-named': {
    name: 'cause-named',
    probe: 'diagnosis',
    family: 'diagnosis',
    title: 'Failing requests whose cause is named',
    unit: 'share',
    better: 'higher',
    scale: 'share',
    margin: 0.05,
    headline: true,
    definition:
      'Of the failing requests that were followed through the logs, those where the search ended at the faulted module and at no other.',
  },
  'suspects-left': {
    name: 'suspects-left',
    probe: 'diagnosis',
    family: 'diagnosis',
    title: 'Modules under suspicion',
    unit: 'count',
    better: 'lower',
    scale: 'difference',
    margin: 0.5,
    headline: false,
    definition:
      'Modules that a search ends at, mean over the failing requests that were followed: 1 where one is named.',
  },
  'search-steps': {
    name: 'search-steps',
    probe: 'diagnosis',
    family: 'diagnosis',
    title: 'Places to look at',
    unit: 'count',
    better: 'lower',
    scale: 'difference',
    margin: 0.5,
    headline: true,
    definition:
      'Logs of units that are opened and states of units that are asked for in one search, mean over the failing requests that were followed.',
  },
  'lines-read': {
    name: 'lines-read',
    probe: 'diagnosis',
    family: 'diagnosis',
    title: 'Log lines to read',
    unit: 'count',
    better: 'lower',
    scale: 'difference',
    margin: 1,
    headline: true,
    definition:
      'Lines that are read in one search: those with the trace of the request, and where a log has none all that was written while the request was under way. Mean over the failing requests that were followed.',
  },
} as const satisfies Record<string, MetricDefinition>;
