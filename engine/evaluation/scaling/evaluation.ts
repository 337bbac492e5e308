import type { ProbeEvaluation } from '../probe.ts';
import { scalingMeasures } from './measures.ts';

export const scaling: ProbeEvaluation = {
  measures: scalingMeasures,
  conditionOf: ({ scaling: measured, status }) =>
    measured == null ? 'missing' : status === 'completed' ? 'good' : 'disturbed',
};
