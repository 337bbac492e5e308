import type { Part, ProbeKey } from '../model/index.ts';
import { capacity } from './capacity/index.ts';
import { consistency } from './consistency/index.ts';
import { deployment } from './deployment/index.ts';
import { hops } from './hops/index.ts';
import { isolation } from './isolation/evaluation.ts';
import { latency } from './latency/index.ts';
import type { Measure, MeasureContext } from './measure.ts';
import type { ProbeEvaluation } from './probe.ts';
import { resources } from './resources/index.ts';
import { storm } from './storm/evaluation.ts';

/** How each probe is evaluated, in the order of the report. */
export const evaluations = {
  deployment,
  latency,
  capacity,
  resources,
  isolation,
  storm,
  consistency,
  hops,
} satisfies Record<Exclude<ProbeKey, 'warmUp'>, ProbeEvaluation>;

/** A measure with the probe it is of and the part of a round that it is read from. */
export interface ProbeMeasure extends Measure {
  probe: keyof typeof evaluations;
  part: Part;
}

/** How a probe is evaluated; null for one of which nothing is compared. */
export function evaluationOf(probe: ProbeKey): ProbeEvaluation | null {
  return probe === 'warmUp' ? null : evaluations[probe];
}

/** Everything that is compared, in the order of the report. */
export function allMeasures(context: MeasureContext): ProbeMeasure[] {
  return (Object.entries(evaluations) as [keyof typeof evaluations, ProbeEvaluation][]).flatMap(
    ([probe, { measures, partOf }]) =>
      measures(context).map((measure) => ({ ...measure, probe, part: partOf?.(measure.scope) ?? partNamed(probe) })),
  );
}

function partNamed(probe: keyof typeof evaluations): Part {
  if (probe === 'resources' || probe === 'isolation') throw new Error(`no part bears the name of the probe "${probe}"`);
  return probe;
}
