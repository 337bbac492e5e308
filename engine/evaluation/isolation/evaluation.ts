import { DISTURBANCE_LIMITS, faultPart } from '../../model/index.ts';
import type { ProbeEvaluation } from '../probe.ts';
import { isolationMeasures } from './measures.ts';
import { faultsSeen, isolationPhase } from './seen.ts';

/** A part a fault. What spoils a fault spoils all that is said of it. */
export const isolation: ProbeEvaluation = {
  measures: isolationMeasures,
  partOf: ({ fault = '' }) => faultPart(fault),
  conditionOf: (round, part, application) => {
    const fault = faultsSeen(round, application).find(({ measured }) => faultPart(measured.label) === part);
    if (fault?.measured.status === 'cannot-happen') return 'good';
    if (fault?.measured.status !== 'applied') return 'missing';
    if (round.generators[isolationPhase]?.saturated) return 'invalid';
    return (fault.outcome?.withheldShare ?? 0) > DISTURBANCE_LIMITS.withheldShare ? 'disturbed' : 'good';
  },
  isSpoilt: () => true,
};
