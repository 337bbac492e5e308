export { buildArtifacts, type BuildOptions } from './artifacts.ts';
export { bundleUnit, BundleError, hashSources } from './bundle.ts';
export { ControlError, type Span, type UnitControl, type UnitIdentity, type UnitMetrics } from './control.ts';
export { deploy, DeployError, type Deployment, type DeployOptions } from './deployment.ts';
export type { Laboratory } from './laboratory.ts';
export { firstIssue, listApplications, loadApplication, ManifestError, parseApplication } from './manifest.ts';
export { shareMachine, type MachineShare } from './machine.ts';
export { deployTopology, type SingleDeployment, type SingleOptions } from './single.ts';
export type { UnitConfiguration } from './unit-configuration.ts';
