import type { ProbeKey } from '../model/index.ts';
import { runAnswers } from './answers/index.ts';
import { runCapacity } from './capacity/index.ts';
import { runConsistency } from './consistency/index.ts';
import { runDiagnosis } from './diagnosis/index.ts';
import { runHops } from './hops/index.ts';
import { runIsolation } from './isolation/index.ts';
import { runLatency } from './latency/index.ts';
import { runRedeployment } from './redeployment/index.ts';
import { runResources } from './resources/index.ts';
import type { RunProbe } from './run.ts';
import { runScaling } from './scaling/index.ts';
import { runStorm } from './storm/index.ts';
import { runStructure } from './structure/index.ts';
import { runWarmUp } from './warm-up/index.ts';

export { suiteOf } from './answers/index.ts';
export type { ProbeContext } from './context.ts';
export type { ProbeRun, RoundTurns } from './run.ts';

/** How each probe is measured on a running deployment, in the order of a round. */
export const probeRuns = {
  resources: runResources,
  answers: runAnswers,
  warmUp: runWarmUp,
  latency: runLatency,
  hops: runHops,
  isolation: runIsolation,
  diagnosis: runDiagnosis,
  storm: runStorm,
  redeployment: runRedeployment,
  consistency: runConsistency,
  capacity: runCapacity,
  scaling: runScaling,
  structure: runStructure,
} satisfies Record<Exclude<ProbeKey, 'deployment'>, RunProbe>;
