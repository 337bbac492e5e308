export { judgeClaims, outcomeOf, type ClaimInputs } from './judge.ts';
export { machineOf, sourceOf, type ClaimSource } from './source.ts';
export { judgeStored } from './stored.ts';
export { claims, type Claim, type ClaimTest } from './table.ts';
