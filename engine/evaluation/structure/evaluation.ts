import type { ProbeEvaluation } from '../probe.ts';
import { structureMeasures } from './measures.ts';

/** Of the source, not of the machine: it is as good in a round that was disturbed. */
export const structure: ProbeEvaluation = {
  measures: structureMeasures,
  conditionOf: (round) => (round.structure === undefined ? 'missing' : 'good'),
};
