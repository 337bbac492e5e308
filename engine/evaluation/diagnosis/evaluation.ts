import type { ProbeEvaluation } from '../probe.ts';
import { diagnosisMeasures } from './measures.ts';

/** Nothing of it is a time: what the machine withholds meanwhile changes no number of it. */
export const diagnosis: ProbeEvaluation = { measures: diagnosisMeasures };
