export { faultCatalogue } from './catalogue.ts';
export { whatIsHit } from './each-instance.ts';
export { faultIdentity } from './identity.ts';
export { endFault, holdFault, type FaultPhase, type HeldFault, type HoldOptions } from './hold.ts';
export { FaultError, type FaultContext, type FaultDefinition, type InjectedFault } from './types.ts';
