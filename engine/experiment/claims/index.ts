export { judgeClaim, type ClaimJudgement } from './judge-claim.ts';
