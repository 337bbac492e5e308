import type { GeneratorHealth, Round } from '../../model/index.ts';
import type { ProbeEvaluation } from '../probe.ts';
import { stormMeasures } from './measures.ts';
import { stormPhase, stormPhaseAgain, stormSeen } from './seen.ts';

/** What spoils a storm spoils all that is said of it. */
export const storm: ProbeEvaluation = {
  measures: stormMeasures,
  conditionOf: (round, _part, application) => {
    if (round.storm?.status === 'cannot-happen') return 'good';
    if ((stormSeen(round, application)?.outcome ?? null) === null) return 'missing';
    const generator = generatorOf(round);
    // Some tenths of a millisecond in a percentile are nothing beside what a storm does.
    if (generator?.saturated) return 'invalid';
    return (generator?.disturbances.length ?? 0) > 0 ? 'disturbed' : 'good';
  },
  generatorOf,
  isSpoilt: () => true,
};

function generatorOf({ generators }: Round): GeneratorHealth | null {
  return generators[stormPhaseAgain] ?? generators[stormPhase] ?? null;
}
