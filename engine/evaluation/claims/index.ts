export { judgeClaims, judgeFacts, judgeResult } from './judge.ts';
export { machineOf, sourceOf, type ClaimSource } from './source.ts';
