import {
  DISTURBANCE_LIMITS,
  faultPart,
  percentFigure,
  type Application,
  type GeneratorHealth,
  type Part,
  type Round,
} from '../../model/index.ts';
import type { ProbeEvaluation } from '../probe.ts';
import { isolationMeasures } from './measures.ts';
import { faultsSeen, isolationPhase, type SeenFault } from './seen.ts';

/** A part a fault. What spoils a fault spoils all that is said of it. */
export const isolation: ProbeEvaluation = {
  measures: isolationMeasures,
  partOf: ({ fault = '' }) => faultPart(fault),
  conditionOf: (round, part, application) => {
    const fault = faultOf(round, part, application);
    if (fault?.measured.status === 'cannot-happen') return 'good';
    if (fault?.measured.status !== 'applied') return 'missing';
    if (generatorOf(round)?.saturated) return 'invalid';
    return (fault.outcome?.withheldShare ?? 0) > DISTURBANCE_LIMITS.withheldShare ? 'disturbed' : 'good';
  },
  generatorOf,
  whyDisturbed: (round, part, application) => [
    `the machine withheld the CPU for ${percentFigure(faultOf(round, part, application)?.outcome?.withheldShare ?? 0, 1)} % of the time`,
  ],
  isSpoilt: () => true,
};

function generatorOf({ generators }: Round): GeneratorHealth | null {
  return generators[isolationPhase] ?? null;
}

function faultOf(round: Round, part: Part, application: Application): SeenFault | undefined {
  return faultsSeen(round, application).find(({ measured }) => faultPart(measured.label) === part);
}
