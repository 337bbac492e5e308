import type { ProbeEvaluation } from '../probe.ts';
import { hopsMeasures } from './measures.ts';

export const hops: ProbeEvaluation = { measures: hopsMeasures };
