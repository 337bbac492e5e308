import type { ProbeKey } from '../model/index.ts';
import { answers } from './answers/evaluation.ts';
import { capacity } from './capacity/index.ts';
import { consistency } from './consistency/index.ts';
import { deployment } from './deployment/index.ts';
import { diagnosis } from './diagnosis/evaluation.ts';
import { hops } from './hops/index.ts';
import { isolation } from './isolation/evaluation.ts';
import { latency } from './latency/index.ts';
import type { ProbeEvaluation } from './probe.ts';
import { redeployment } from './redeployment/index.ts';
import { resources } from './resources/index.ts';
import { scaling } from './scaling/evaluation.ts';
import { storm } from './storm/evaluation.ts';
import { structure } from './structure/evaluation.ts';

export * from './answers/index.ts';
export { isNamed } from './diagnosis/measures.ts';
export * from './isolation/index.ts';
export { timesOf } from './latency/measures.ts';
export * from './scaling/index.ts';
export * from './storm/index.ts';
export * from './structure/index.ts';

/** How each probe is evaluated, in the order of the report. */
export const evaluations = {
  deployment,
  latency,
  capacity,
  scaling,
  answers,
  resources,
  isolation,
  diagnosis,
  storm,
  consistency,
  hops,
  redeployment,
  structure,
} satisfies Record<Exclude<ProbeKey, 'warmUp'>, ProbeEvaluation>;
