export { ExperimentError } from './check.ts';
export { judgeClaim, type ClaimJudgement } from './claims/index.ts';
export { computeFindings, recompute } from './findings/index.ts';
export { runExperiment, type RunOptions } from './run.ts';
export { UnstoredResult } from './unstored.ts';
