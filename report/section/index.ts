import type { ProbeKey } from '../../engine/model/index.ts';
import { answers } from './answers/index.ts';
import { capacity } from './capacity/index.ts';
import { consistency } from './consistency/index.ts';
import { deployment } from './deployment/index.ts';
import { diagnosis } from './diagnosis/index.ts';
import { hops } from './hops/index.ts';
import { isolation } from './isolation/index.ts';
import { latency } from './latency/index.ts';
import type { ReportProbe } from './probe.ts';
import { redeployment } from './redeployment/index.ts';
import { resources } from './resources/index.ts';
import { scaling } from './scaling/index.ts';
import { storm } from './storm/index.ts';
import { structure } from './structure/index.ts';

/** What the report says of each probe, in its order. */
export const reportProbes = {
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
} satisfies Record<Exclude<ProbeKey, 'warmUp'>, ReportProbe>;
