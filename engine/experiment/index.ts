export { ExperimentError } from './check.ts';
export { judgeClaim, type ClaimJudgement } from './claims/index.ts';
export { recompute } from './recompute.ts';
export { runExperiment, type RunOptions } from './run.ts';
export { UnstoredResult } from './unstored.ts';
