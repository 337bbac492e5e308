import type { ProbeEvaluation } from '../probe.ts';
import { capacityMeasures } from './measures.ts';

export const capacity: ProbeEvaluation = { measures: capacityMeasures };
