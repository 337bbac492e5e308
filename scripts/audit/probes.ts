import { answers, type AnswersFields } from './answers/index.ts';
import { capacity, type CapacityFields } from './capacity/index.ts';
import { consistency, type ConsistencyFields } from './consistency/index.ts';
import { deployment, type DeploymentFields } from './deployment/index.ts';
import { diagnosis, type DiagnosisFields } from './diagnosis/index.ts';
import { hops, type HopsFields } from './hops/index.ts';
import { isolation, type IsolationFields } from './isolation/index.ts';
import { latency } from './latency/index.ts';
import { own } from './own.ts';
import type { AuditedProbe } from './probe.ts';
import { redeployment, type RedeploymentFields } from './redeployment/index.ts';
import { resources, type ResourcesFields } from './resources/index.ts';
import type { RoundBase } from './round.ts';
import { scaling, type ScalingFields } from './scaling/index.ts';
import { storm, type StormFields } from './storm/index.ts';
import { structure, type StructureFields } from './structure/index.ts';

/** Every probe whose numbers the audit finds anew. */
const probes: readonly AuditedProbe[] = [
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
];

export type Round = RoundBase &
  DeploymentFields &
  CapacityFields &
  ScalingFields &
  AnswersFields &
  ResourcesFields &
  IsolationFields &
  DiagnosisFields &
  StormFields &
  ConsistencyFields &
  HopsFields &
  RedeploymentFields &
  StructureFields;

/** The probe that a metric is of; undefined for a metric that the audit does not know. */
export const probeOf = (metric: string): AuditedProbe | undefined =>
  probes.find(({ definitions }) => own(definitions, metric) !== undefined);

/** Every metric that the audit knows. */
export const metricsKnown = (): string[] => probes.flatMap(({ definitions }) => Object.keys(definitions));

/** The badness of a part in a round by the probe that has it; what nobody has gave nothing. */
export function badnessOf(...asked: Parameters<AuditedProbe['badness']>): number | undefined {
  for (const probe of probes) {
    const found = probe.badness(...asked);
    if (found !== undefined) return found;
  }
  return undefined;
}
