import type { ProbeEvaluation } from '../probe.ts';
import { consistencyMeasures } from './measures.ts';

export const consistency: ProbeEvaluation = { measures: consistencyMeasures };
