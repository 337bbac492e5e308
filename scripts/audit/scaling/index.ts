import { headline, ratio } from '../definition.ts';
import { LOST, machineOf, WRONG, type AuditedProbe } from '../probe.ts';
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

type Audited = RoundBase & ScalingFields;

const couldNotDouble = ({ generators, scaling: measured }: Audited): boolean =>
  measured != null && measured.elastic !== null && generators['twice the load']?.saturated === true;

/** The elastic step, where the load was doubled. */
const stepOf = (round: Audited) => (couldNotDouble(round) ? null : (round.scaling?.elastic ?? null));

/** Lost and all requests of that step. */
function lostIn(round: Audited) {
  const step = stepOf(round);
  return step === null || step.scheduled <= 0 ? null : { successes: step.lost, trials: step.scheduled };
}

export const scaling: AuditedProbe<Audited> = {
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
    'elastic-lost-share': { question: 'elastic step', scale: 'share', margin: 0.01, better: 'lower' },
  },
  units: {
    'skewed-good-rate': 'requests/s',
    'skewed-good-per-cpu': 'requests/s',
    'skewed-good-per-gib': 'requests/s',
    'even-good-rate': 'requests/s',
    'even-good-per-cpu': 'requests/s',
    'even-good-per-gib': 'requests/s',
    'elastic-time': 'ms',
    'elastic-lost-share': 'share',
  },
  part: () => 'scaling',
  badness: (round, part) => {
    if (part !== 'scaling') return undefined;
    if (round.scaling == null) return LOST;
    return couldNotDouble(round) ? WRONG : machineOf(round);
  },
  value: (round, metric) => {
    if (metric === 'elastic-time') {
      const step = stepOf(round);
      return step === null ? null : { value: step.metMs ?? step.watchedMs, atLeast: step.metMs === null };
    }
    if (metric === 'elastic-lost-share') {
      const lost = lostIn(round);
      return lost === null ? null : { value: lost.successes / lost.trials, atLeast: false };
    }
    const { scaling: measured } = round;
    const name = readName(metric);
    if (name === undefined) return undefined;
    const all = measured?.points.find(({ load, instances }) => load === name.load && instances === measured.declared);
    if (measured == null || all === undefined || all.goodPerSecond === null || all.goodPerSecond <= 0) return null;
    const over = { rate: 1, cpu: measured.totalCores, memory: measured.memoryBytes / GIB }[name.what];
    return { value: all.goodPerSecond / over, atLeast: all.bounded !== 'bracketed' };
  },
  counts: (round, metric) => (metric === 'elastic-lost-share' ? lostIn(round) : null),
  step: (metric, { probes }) => {
    const settings = probes['scaling'] as { search: { precision: number } } | null | undefined;
    return settings && readName(metric) !== undefined ? -Math.log(1 - settings.search.precision) : undefined;
  },
};
