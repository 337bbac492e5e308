export { compareDocuments, ContractError } from './compare.ts';
export { endpointsBroken, modulesOf, type SeenCall } from './predict.ts';
