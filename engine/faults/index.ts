export { faultCatalogue } from './catalogue.ts';
export { FaultError, type FaultContext, type FaultDefinition, type InjectedFault } from './types.ts';
