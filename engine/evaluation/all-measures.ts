import type { Part, ProbeKey } from '../model/index.ts';
import type { Measure, MeasureContext } from './measure.ts';
import type { ProbeEvaluation } from './probe.ts';
import { evaluations } from './probes.ts';

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
      measures(context).map((measure) => ({ ...measure, probe, part: partOf?.(measure.scope) ?? (probe as Part) })),
  );
}
