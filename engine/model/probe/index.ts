import { answers } from './answers/description.ts';
import { capacity } from './capacity/description.ts';
import { consistency } from './consistency/description.ts';
import { deployment } from './deployment/description.ts';
import { diagnosis } from './diagnosis/description.ts';
import { hops } from './hops/description.ts';
import { isolation } from './isolation/description.ts';
import { latency } from './latency/description.ts';
import { redeployment } from './redeployment/description.ts';
import { resources } from './resources/description.ts';
import { scaling } from './scaling/description.ts';
import { storm } from './storm/description.ts';
import { structure } from './structure/description.ts';
import { warmUp } from './warm-up/description.ts';

export * from './answers/index.ts';
export * from './capacity/index.ts';
export * from './consistency/index.ts';
export * from './deployment/index.ts';
export * from './diagnosis/index.ts';
export * from './hops/index.ts';
export * from './isolation/index.ts';
export * from './latency/index.ts';
export * from './redeployment/index.ts';
export * from './resources/index.ts';
export * from './scaling/index.ts';
export * from './storm/index.ts';
export * from './structure/index.ts';
export * from './warm-up/index.ts';

/** Every probe, in the order in which files have their fields. */
export const probeTable = {
  deployment,
  warmUp,
  latency,
  resources,
  isolation,
  capacity,
  hops,
  consistency,
  storm,
  redeployment,
  structure,
  scaling,
  answers,
  diagnosis,
};

/** Every metric that can appear in a finding, in the order of the report. */
export const metrics = {
  ...deployment.metrics,
  ...latency.metrics,
  ...capacity.metrics,
  ...scaling.metrics,
  ...answers.metrics,
  ...resources.metrics,
  ...isolation.metrics,
  ...storm.metrics,
  ...diagnosis.metrics,
  ...consistency.metrics,
  ...hops.metrics,
  ...redeployment.metrics,
  ...structure.metrics,
};
