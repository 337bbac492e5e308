import type { ProbeEvaluation } from '../probe.ts';
import { resourceMeasures } from './measures.ts';

/** Watched while response times are measured, and measured again with them. */
export const resources: ProbeEvaluation = { measures: resourceMeasures, partOf: () => 'latency' };
