import { headline, ratio } from '../definition.ts';
import { LOST, machineOf, type AuditedProbe } from '../probe.ts';
import type { RoundBase } from '../round.ts';

export interface ScalingFields {
  scaling?: {
    declared: number;
    totalCores: number;
    memoryBytes: number;
    points: {
      load: 'skewed' | 'even';
      instances: number;
      goodPerSecond: number | null;
      bounded: 'bracketed' | 'generator' | 'range';
    }[];
    elastic: { metMs: number | null; watchedMs: number; scheduled: number; lost: number } | null;
  } | null;
}

const GIB = 1024 ** 3;

const carried = { 'good-rate': 'rate', 'good-per-cpu': 'cpu', 'good-per-gib': 'memory' } as const;

/** Which load and what of it a metric tells; undefined for those of the elastic step. */
function readName(metric: string): { load: 'skewed' | 'even'; what: 'rate' | 'cpu' | 'memory' } | undefined {
  for (const load of ['skewed', 'even'] as const)
    for (const [name, what] of Object.entries(carried)) if (metric === `${load}-${name}`) return { load, what };
  return undefined;
}

export const scaling: AuditedProbe<RoundBase & ScalingFields> = {
  definitions: {
    'skewed-good-rate': ratio('skewed load', { better: 'higher', ...headline }),
    'skewed-good-per-cpu': ratio('skewed load', { better: 'higher' }),
    'skewed-good-per-gib': ratio('skewed load', { better: 'higher' }),
    'even-good-rate': ratio('even load', { better: 'higher', ...headline }),
    'even-good-per-cpu': ratio('even load', { better: 'higher' }),
    'even-good-per-gib': ratio('even load', { better: 'higher' }),
    'elastic-time': {
      question: 'elastic step',
      scale: 'difference',
      margin: 1000,
      better: 'lower',
      step: 1000,
      ...headline,
    },
    'elastic-lost': { question: 'elastic step', scale: 'count', margin: 5, better: 'lower' },
  },
  units: {
    'skewed-good-rate': 'requests/s',
    'skewed-good-per-cpu': 'requests/s',
    'skewed-good-per-gib': 'requests/s',
    'even-good-rate': 'requests/s',
    'even-good-per-cpu': 'requests/s',
    'even-good-per-gib': 'requests/s',
    'elastic-time': 'ms',
    'elastic-lost': 'requests',
  },
  part: () => 'scaling',
  badness: (round, part) => (part !== 'scaling' ? undefined : round.scaling == null ? LOST : machineOf(round)),
  value: ({ scaling: measured }, metric) => {
    if (metric === 'elastic-time' || metric === 'elastic-lost') {
      const step = measured?.elastic ?? null;
      if (step === null) return null;
      if (metric === 'elastic-lost') return { value: step.lost, atLeast: false };
      return { value: step.metMs ?? step.watchedMs, atLeast: step.metMs === null };
    }
    const name = readName(metric);
    if (name === undefined) return undefined;
    const all = measured?.points.find(({ load, instances }) => load === name.load && instances === measured.declared);
    if (measured == null || all === undefined || all.goodPerSecond === null || all.goodPerSecond <= 0) return null;
    const over = { rate: 1, cpu: measured.totalCores, memory: measured.memoryBytes / GIB }[name.what];
    return { value: all.goodPerSecond / over, atLeast: all.bounded !== 'bracketed' };
  },
  counts: ({ scaling: measured }, metric) => {
    const step = measured?.elastic ?? null;
    return metric !== 'elastic-lost' || step === null ? null : { successes: step.lost, trials: step.scheduled };
  },
  step: (metric, { probes }) => {
    const settings = probes['scaling'] as { search: { precision: number } } | null | undefined;
    return settings && readName(metric) !== undefined ? -Math.log(1 - settings.search.precision) : undefined;
  },
};
