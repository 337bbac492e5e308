export { buildArtifacts, type BuildOptions } from './artifacts.ts';
export { hashSources } from './bundle.ts';
export { ControlError, type Span, type UnitControl, type UnitIdentity, type UnitMetrics } from './control.ts';
export { ChangeError, changesUpTo, type Edit } from './edit.ts';
export { DeployError } from './deploy-error.ts';
export { deploy, type Deployment, type DeployOptions } from './deployment.ts';
export type { Laboratory, RuntimeWish } from './laboratory.ts';
export { firstIssue, listApplications, loadApplication, ManifestError, parseApplication } from './manifest.ts';
export { memoryOfUnits, shareMachine, type MachineShare } from './machine.ts';
export { prepare, type Prepared } from './prepare.ts';
export { releaseOrders, type ReleaseMeasurement, type ReleaseOptions, type ReleaseOrder } from './release.ts';
export {
  replacementStrategies,
  type ReplacedInstance,
  type ReplacementStrategy,
  type ReplaceOptions,
} from './replace.ts';
export { deployTopology, type SingleDeployment, type SingleOptions } from './single.ts';
export { laboratoryOfThisMachine } from './this-machine.ts';
export type { UnitConfiguration } from './unit-configuration.ts';
