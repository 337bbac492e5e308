import type { ProbeEvaluation } from '../probe.ts';
import { deploymentMeasures } from './measures.ts';

export const deployment: ProbeEvaluation = { measures: deploymentMeasures };
