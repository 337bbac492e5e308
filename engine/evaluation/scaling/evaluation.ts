import type { ProbeEvaluation } from '../probe.ts';
import { elasticGenerator } from './elastic.ts';
import { scalingMeasures } from './measures.ts';

/** A search ends by itself where the generator gives out. Of a load that it could not double nothing is read; what was found before it is as it was. */
export const scaling: ProbeEvaluation = {
  measures: scalingMeasures,
  conditionOf: (round) => {
    if (round.scaling == null) return 'missing';
    if (elasticGenerator(round)?.saturated === true) return 'invalid';
    return round.status === 'completed' ? 'good' : 'disturbed';
  },
  generatorOf: elasticGenerator,
};
