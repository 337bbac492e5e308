export { checkContract, type AnswerDifference, type CheckLimits, type ContractResult } from './check.ts';
export { compareDocuments } from './compare.ts';
export { ContractError } from './contract-error.ts';
export { describeContract, describeOperations } from './describe.ts';
export type { Contract, ContractOperation, JsonSchema } from './document.ts';
export { parseExamples, type Example } from './examples.ts';
export { endpointsBroken, modulesOf, type SeenCall } from './predict.ts';
export { loadSuite, type ContractSuite } from './suite.ts';
