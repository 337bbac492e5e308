export { computeFindings, type FindingInputs } from './compute.ts';
export { recompute, type Recomputed } from './recompute.ts';
