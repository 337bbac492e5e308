import type { MetricDefinition } from '../../metric-definition.ts';

const swapped = { probe: 'answers', family: 'swapped module', better: 'lower', scale: 'ratio' } as const;

/** What a module that is swapped says, and what it costs. */
export const metrics = {
  'other-answers': {
    name: 'other-answers',
    probe: 'answers',
    family: 'answers',
    title: 'Questions with another answer',
    spoken: { words: 'the number of questions that get another answer is', as: 'number' },
    unit: 'count',
    better: 'lower',
    scale: 'difference',
    constant: true,
    margin: 0.5,
    headline: true,
    definition:
      'Of the questions that the module is asked in every deployment, those that were answered otherwise than in the first deployment of the baseline with the same data, or not at all; each block has data of its own. Counted, not estimated: 0 where all answers are the same.',
  },
  'module-p50': {
    ...swapped,
    name: 'module-p50',
    title: 'Response time p50 where the module is asked',
    spoken: { words: 'the median answer of pages that ask the module takes', as: 'time' },
    unit: 'ms',
    margin: 0.05,
    headline: true,
    definition: 'Median response time over all requests to endpoints that use the module.',
  },
  'module-p95': {
    ...swapped,
    name: 'module-p95',
    title: 'Response time p95 where the module is asked',
    spoken: { words: 'the answer that one in twenty requests to pages that ask the module exceeds takes', as: 'time' },
    unit: 'ms',
    margin: 0.05,
    headline: true,
    definition:
      '95th percentile of the response time over all requests to endpoints that use the module; shown from 200 requests.',
  },
  'module-cpu': {
    ...swapped,
    name: 'module-cpu',
    title: "CPU of the module's unit per 1,000 good requests",
    spoken: { words: "CPU of the module's unit per request is", as: 'amount' },
    unit: 'cpu-seconds',
    margin: 0.05,
    headline: true,
    definition:
      'CPU seconds of all instances of the unit that has the module over the measured window, per 1,000 good requests to the application.',
  },
  'module-memory': {
    ...swapped,
    name: 'module-memory',
    title: "Memory of the module's unit",
    spoken: { words: "memory in use by the module's unit is", as: 'amount' },
    unit: 'bytes',
    margin: 0.05,
    headline: true,
    definition: 'Memory in use by all instances of the unit that has the module, at the end of the measured window.',
  },
  'question-time': {
    ...swapped,
    name: 'question-time',
    title: 'Time of one question to the module',
    unit: 'ms',
    margin: 0.05,
    headline: false,
    definition:
      'Median time from a question to its whole answer, asked one after another with nothing else going on; opening a connection is part of it.',
  },
  'module-start': {
    ...swapped,
    name: 'module-start',
    title: "Start of the module's unit",
    unit: 'ms',
    margin: 0.1,
    headline: false,
    definition:
      'From the call that creates the unit that has the module until its readiness check answered 200, other units starting beside it.',
  },
  'module-image-bytes': {
    ...swapped,
    name: 'module-image-bytes',
    title: "Image of the module's unit",
    unit: 'bytes',
    margin: 0.05,
    constant: true,
    headline: false,
    definition: 'Bytes of the whole image that the unit runs from, with what its language brings along.',
  },
} as const satisfies Record<string, MetricDefinition>;
