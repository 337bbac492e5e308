import type { GeneratorHealth, Round } from '../../model/index.ts';
import type { ProbeEvaluation } from '../probe.ts';
import { diagnosisMeasures } from './measures.ts';

/** A generator that could not keep up makes requests fail that nothing is wrong with. */
export const diagnosis: ProbeEvaluation = {
  measures: diagnosisMeasures,
  generatorOf,
  conditionOf: (round) => {
    if (round.diagnosis === undefined || round.diagnosis.some(({ status }) => status === 'aborted')) return 'missing';
    if (generatorOf(round)?.saturated === true) return 'invalid';
    return round.status === 'completed' ? 'good' : 'disturbed';
  },
  isSpoilt: () => true,
};

/** Of the load that did worst. */
function generatorOf({ generators }: Round): GeneratorHealth | null {
  const own = Object.entries(generators).flatMap(([phase, health]) => (phase.startsWith('diagnosis ') ? [health] : []));
  return own.find(({ saturated }) => saturated) ?? own[0] ?? null;
}
