export { availability, tallyOf, tallyQuantile, touching, within, withheldShare } from './slices.ts';
export { baselineOf, firstRecovered, recoveryIn, type Baseline } from './recovery.ts';
export { faultsSeen, isolationPhase, type SeenFault } from './seen.ts';
export { indexWindowMs, sliceMs } from './resolution.ts';
export { judgeCells, type Expectation, type JudgedCell } from './over-deployments.ts';
export { deriveOutcome, windowsOf } from './derive.ts';
