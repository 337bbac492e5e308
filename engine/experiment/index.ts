export { ExperimentError } from './check.ts';
export { computeFindings, recompute } from './findings/index.ts';
export { runExperiment, type RunOptions } from './run.ts';
