import { computeFindings } from '../../engine/evaluation/index.ts';
import {
  countsTo,
  resultSchema,
  scalingLoads,
  scalingOf,
  type Result,
  type ScalingCurvePoint,
  type ScalingLoad,
  type ScalingMeasurement,
} from '../../engine/model/index.ts';
import { makeResult, type ResultOptions } from './result.ts';

/** What one instance carries with a quarter of the budget, and how contention and agreement eat at more of them. */
interface Law {
  one: number;
  sigma: number;
  kappa: number;
}

interface Invented {
  unit: string;
  declared: number;
  total: number;
  laws: Record<ScalingLoad, Law>;
}

const invented: Record<string, Invented> = {
  monolith: {
    ...{ unit: 'all', declared: 4, total: 4 },
    laws: { skewed: { one: 50, sigma: 0.05, kappa: 0 }, even: { one: 60, sigma: 0.05, kappa: 0 } },
  },
  macroservices: {
    ...{ unit: 'all', declared: 1, total: 1 },
    laws: { skewed: { one: 120, sigma: 0, kappa: 0 }, even: { one: 205, sigma: 0, kappa: 0 } },
  },
  microservices: {
    ...{ unit: 'recommendations', declared: 3, total: 4 },
    laws: { skewed: { one: 120, sigma: 0.1, kappa: 0.01 }, even: { one: 40, sigma: 1, kappa: 0 } },
  },
};

const totalCores = 0.6;

function pointsOf({ declared, laws }: Invented, block: number): ScalingCurvePoint[] {
  return scalingLoads.flatMap((load) =>
    countsTo(declared).map((instances): ScalingCurvePoint => {
      const { one, sigma, kappa } = laws[load];
      const drift = 1 + 0.03 * (((block + 1) * (instances + 2) * (load === 'even' ? 5 : 3)) % 4);
      const good = (drift * one * instances) / (1 + sigma * (instances - 1) + kappa * instances * (instances - 1));
      return {
        ...{ load, instances, goodPerSecond: good, journeysPerSecond: good / 1.2, bounded: 'bracketed' },
        points: [
          {
            ...{ journeysPerSecond: good / 1.2, goodPerSecond: good, p95Ms: 90, availability: 1 },
            ...{ met: true, generatorValid: true },
          },
        ],
      };
    }),
  );
}

function makeScaling(one: Invented, block: number, applicationCpus: number): ScalingMeasurement {
  const { unit, declared, total } = one;
  return {
    ...{ hot: 'catalog', unit, declared, total, applicationCpus, totalCores, coresEach: totalCores / total },
    memoryBytes: 2 ** 31,
    objective: { p95Ms: 250, availability: 0.99 },
    points: pointsOf(one, block),
    elastic:
      declared === 1
        ? null
        : {
            ...{ from: 1, to: declared, journeysPerSecond: 30, watchedMs: 12_000, scheduled: 700 },
            addedMs: Array.from({ length: declared - 1 }, (_, index) => 2000 * (index + 1) + 100 * block),
            // One of three that are cut is not served again.
            ...(unit !== 'all' && block === 0 ? { metMs: null, lost: 90 } : { metMs: 4000, lost: 20 + block }),
          },
  };
}

/** A result in which the same budget was given out in three ways, in three deployments of each. */
export function scaledResult({
  applicationCpus = 1,
  ...options
}: ResultOptions & { applicationCpus?: number } = {}): Result {
  const made = makeResult({
    ...{ variants: ['monolith', 'macroservices', 'microservices'], blocks: 3, requests: 300, faults: [] },
    ...options,
  });
  made.experiment.probes.scaling = scalingOf('catalog');
  for (const round of made.rounds) {
    const one = invented[round.variant];
    if (one !== undefined) round.scaling = makeScaling(one, round.block, applicationCpus);
  }
  return resultSchema.parse({ ...made, findings: computeFindings(made) });
}
