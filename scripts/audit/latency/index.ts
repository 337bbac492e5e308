import { headline, ratio } from '../definition.ts';
import { join, quantile, unpack, type Times, type Value } from '../histogram.ts';
import { exactly, sum } from '../numbers.ts';
import { own } from '../own.ts';
import { LOST, machineOf, WRONG, type AuditedProbe, type Reading } from '../probe.ts';
import type { Count } from '../proportion.ts';
import type { Generator, Load, RoundBase, Scope } from '../round.ts';

const QUANTILES: Record<string, number> = {
  'response-p50': 0.5,
  'response-p90': 0.9,
  'response-p95': 0.95,
  'response-p99': 0.99,
  'response-p999': 0.999,
};

export const latency: AuditedProbe = {
  definitions: {
    'response-p50': ratio('latency', headline),
    'response-p90': ratio('latency'),
    'response-p95': ratio('latency', headline),
    'response-p95-own': ratio('latency'),
    'response-p99': ratio('latency'),
    'response-p999': ratio('latency'),
    'service-p50': ratio('latency'),
    availability: { question: 'latency', scale: 'share', margin: 0.005, better: 'higher' },
  },
  units: {
    ...{
      'response-p50': 'ms',
      'response-p90': 'ms',
      'response-p95': 'ms',
      'response-p99': 'ms',
      'response-p999': 'ms',
    },
    ...{ 'response-p95-own': 'ms', 'service-p50': 'ms', availability: 'share' },
  },
  part: ({ rate }) => (rate === undefined ? 'latency' : 'higher'),
  badness: (round, part) => {
    if (part === 'latency')
      return round.latency === null ? LOST : round.status === 'invalid' ? WRONG : machineOf(round);
    if (part !== 'higher') return undefined;
    const generator = round.higher?.load.generator;
    if (generator === undefined) return LOST;
    return generator.valid ? Number(generator.disturbances.length > 0) : WRONG;
  },
  isSpoilt: ({ status, latency: load, higher }, metric, { rate }) => {
    if (rate === undefined) return status === 'invalid' && touches(load?.generator, metric);
    return higher !== null && !higher.load.generator.valid && touches(higher.load.generator, metric);
  },
  value: (round, metric, scope, reading) => {
    const load = loadOf(round, scope);
    const q = QUANTILES[metric];
    if (q === 0.5 && scope.endpoint === undefined && scope.rate === undefined && (round.windows ?? []).length > 0)
      return medianOfWindows(round);
    if (q !== undefined) return load === null ? null : ofLoad(load, scope.endpoint, q);
    switch (metric) {
      case 'service-p50':
        return load === null ? null : ofService(load);
      case 'response-p95-own':
        return load === null ? null : ownTime(round, load, reading);
      case 'availability': {
        const counted = good(load);
        return counted === null ? null : exactly(counted.successes / counted.trials);
      }
      default:
        return undefined;
    }
  },
  counts: (round, metric, scope) => (metric === 'availability' ? good(loadOf(round, scope)) : null),
};

/** The windows' medians, averaged on the log scale; that of all requests where a window is too short to have one. */
function medianOfWindows({ latency: load, windows = [] }: RoundBase): Value | null {
  const medians = windows.flatMap((window) => ofLoad(window.load, undefined, 0.5) ?? []);
  if (medians.length < windows.length) return load === null ? null : ofLoad(load, undefined, 0.5);
  return {
    value: Math.exp(sum(medians.map(({ value }) => Math.log(value))) / medians.length),
    atLeast: medians.some(({ atLeast }) => atLeast),
  };
}

const loadOf = ({ latency: load, higher }: RoundBase, { rate }: Scope): Load | null =>
  rate === undefined ? load : (higher?.load ?? null);

function good(load: Load | null): Count | null {
  const all = Object.values(load?.endpoints ?? {});
  const trials = sum(all.map((one) => one.scheduled));
  return trials === 0 ? null : { successes: sum(all.map((one) => one.good)), trials };
}

/** p95 of the answers, each by what its endpoint only waits for less; recorded anew with the three digits of the others. */
function ownTime({ variant }: RoundBase, load: Load, { application, experiment }: Reading): Value | null {
  const set = experiment.variants.find(({ name }) => name === variant)?.settings.tunables ?? {};
  const parts = Object.entries(load.endpoints).map(([name, one]): Times => {
    const simulated = own(application.endpoints, name)?.simulatedMs ?? 0;
    const ms =
      typeof simulated === 'number'
        ? simulated
        : (own(set, simulated) ?? own(application.tunables, simulated)?.default ?? 0);
    return unpack(one.punctualTime ?? one.responseTime).map(([microseconds, n]) => [
      ms === 0 ? microseconds : threeDigits(Math.max(1, Math.round(microseconds - ms * 1000))),
      n,
    ]);
  });
  return quantile(join(parts), join(Object.values(load.endpoints).map((one) => unpack(one.failureAge))), 0.95);
}

/** The largest time that a histogram of three digits does not tell from this one: 2,048 steps, doubled in width with every doubling of the time. */
function threeDigits(microseconds: number): number {
  let width = 1;
  while (microseconds >= 2048 * width) width *= 2;
  return Math.floor(microseconds / width) * width + width - 1;
}

function ofLoad(load: Load, endpoint: string | undefined, q: number): Value | null {
  const chosen = Object.entries(load.endpoints).filter(([name]) => endpoint === undefined || name === endpoint);
  return quantile(
    join(chosen.map(([, one]) => unpack(one.punctualTime ?? one.responseTime))),
    join(chosen.map(([, one]) => unpack(one.failureAge))),
    q,
  );
}

/** Median service time of answers, what failed ranked behind them. */
function ofService(load: Load): Value | null {
  const all = Object.values(load.endpoints);
  return quantile(join(all.map((one) => unpack(one.serviceTime))), join(all.map((one) => unpack(one.failureAge))), 0.5);
}

/** Late starts leave alone what does not count from the intended start, and the median unless it was shifted itself. */
function touches(generator: Generator | undefined, metric: string): boolean {
  if (generator === undefined || generator.saturated || generator.shifted.length === 0) return true;
  if (metric === 'service-p50' || metric === 'availability') return false;
  return metric === 'response-p50' ? generator.shifted.includes('p50') : true;
}
