import type { Round, ScalingLoad } from '../../model/index.ts';
import {
  fitScalabilityLaw,
  lawAt,
  mean,
  standardDeviation,
  studentTQuantile,
  type ScalabilityFit,
} from '../../statistics/index.ts';

/** What so many instances carried, over the deployments in which that was found. */
export interface CurveMark {
  /** Of the hot module's unit. */
  instances: number;
  /** Geometric mean of good requests a second. */
  goodPerSecond: number;
  /** Its 95 % interval; null with fewer than two deployments, and where some are only a bound. */
  interval: { low: number; high: number } | null;
  deployments: number;
  /** Some of them would have carried more. */
  atLeast: boolean;
}

export interface ScalingCurve {
  marks: CurveMark[];
  /** Numbers of instances that were measured to their end in some deployment. */
  counts: number;
  /** Null with fewer than three of those. */
  fit: ScalabilityFit | null;
  /** The law between the least and the most instances; empty without a fit. */
  law: { instances: number; goodPerSecond: number }[];
}

const confidence = 0.975;
const lawSteps = 40;

/** What a variant carried under one load, by instances. A search that ended at its own limit or the generator's is shown and not fitted to. Pure. */
export function scalingCurve(rounds: readonly Round[], load: ScalingLoad): ScalingCurve {
  const points = rounds.flatMap(({ id, scaling }) =>
    (scaling?.points ?? []).flatMap((point) => {
      const throughput = point.goodPerSecond ?? 0;
      return point.load === load && throughput > 0
        ? [{ group: id, instances: point.instances, throughput, atLeast: point.bounded !== 'bracketed' }]
        : [];
    }),
  );
  const counts = [...new Set(points.map(({ instances }) => instances))].toSorted((a, b) => a - b);
  const ended = points.filter(({ atLeast }) => !atLeast);
  const fit = fitScalabilityLaw(ended);
  return {
    marks: counts.map((instances) => markOf(instances, points)),
    counts: new Set(ended.map(({ instances }) => instances)).size,
    fit,
    law:
      fit === null
        ? []
        : Array.from({ length: lawSteps + 1 }, (_, step) => {
            const at = fit.range.low + ((fit.range.high - fit.range.low) * step) / lawSteps;
            return { instances: at, goodPerSecond: lawAt(fit, at) ?? 0 };
          }),
  };
}

function markOf(
  instances: number,
  points: readonly { instances: number; throughput: number; atLeast: boolean }[],
): CurveMark {
  const here = points.filter((point) => point.instances === instances);
  const logs = here.map(({ throughput }) => Math.log(throughput));
  const atLeast = here.some((point) => point.atLeast);
  const centre = mean(logs);
  const half =
    logs.length < 2 || atLeast
      ? null
      : (studentTQuantile(confidence, logs.length - 1) * standardDeviation(logs)) / Math.sqrt(logs.length);
  return {
    ...{ instances, goodPerSecond: Math.exp(centre), deployments: here.length, atLeast },
    interval: half === null ? null : { low: Math.exp(centre - half), high: Math.exp(centre + half) },
  };
}
