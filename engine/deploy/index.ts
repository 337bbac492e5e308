export { buildArtifacts, type BuildOptions } from './artifacts.ts';
export { BundleError } from './bundle.ts';
export { hashSources } from './hash-sources.ts';
export { ControlError, type Span, type UnitControl, type UnitIdentity, type UnitMetrics } from './control.ts';
export { ChangeError, changesUpTo, type Edit } from './edit.ts';
export { lastUpMs, listenForUp, untilUp } from './database-up.ts';
export { DeployError } from './deploy-error.ts';
export { oneDocument, type ApiDocument } from './documents.ts';
export { deploy, type Deployment, type DeployOptions } from './deployment.ts';
export { impactOfChanges, type ChangeImpact } from './impact.ts';
export { whyInNoUnit } from './in-no-unit.ts';
export type { Laboratory, RuntimeWish } from './laboratory.ts';
export { listApplications, loadApplication, ManifestError, parseApplication } from './manifest.ts';
export {
  databaseBudgets,
  assertMemoryHolds,
  memoryOfUnits,
  memoryShares,
  shareMachine,
  type DatabaseBudget,
  type MachineShare,
} from './machine.ts';
export { prepare, type Prepared } from './prepare.ts';
export { releaseOrders } from './release-order.ts';
export type { ReleaseMeasurement, ReleaseOptions } from './release.ts';
export type { ReplaceOptions } from './replace.ts';
export { deployTopology, type SingleDeployment, type SingleOptions } from './single.ts';
export { measureStructure, type StructureLaboratory } from './structure.ts';
export { laboratoryOfThisMachine } from './this-machine.ts';
export type { UnitConfiguration } from './unit-configuration.ts';
