import type { ProbeEvaluation } from '../probe.ts';
import { answersMeasures } from './measures.ts';

/** What it costs is read beside response times, and all of it is measured again with them. What the generator spoils are times of requests, not answers. */
export const answers: ProbeEvaluation = {
  measures: answersMeasures,
  partOf: () => 'latency',
  isSpoilt: ({ metric }) => metric === 'module-p50' || metric === 'module-p95' || metric === 'module-cpu',
};
