import { changePart, releasePhase, type GeneratorHealth, type Part, type Round } from '../../model/index.ts';
import type { ProbeEvaluation } from '../probe.ts';
import { redeploymentMeasures } from './measures.ts';

/** A part a change. What spoils its load spoils the requests that were lost, and not the times. */
export const redeployment: ProbeEvaluation = {
  measures: redeploymentMeasures,
  partOf: ({ change = '' }) => changePart(change),
  conditionOf: (round, part) => {
    const measured = round.redeployment?.find(({ change }) => changePart(change) === part);
    if (measured === undefined) return 'missing';
    if (generatorOf(round, part)?.saturated) return 'invalid';
    return round.status === 'completed' ? 'good' : 'disturbed';
  },
  generatorOf,
  isSpoilt: ({ metric }) => metric === 'release-lost-requests',
};

function generatorOf({ generators, redeployment: measured = [] }: Round, part: Part): GeneratorHealth | null {
  const found = measured.find(({ change }) => changePart(change) === part);
  return found === undefined ? null : (generators[releasePhase(found.change)] ?? null);
}
