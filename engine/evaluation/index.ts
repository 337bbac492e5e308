export { computeFindings, type FindingInputs } from './compute.ts';
export { evaluate, type EvaluatedVariant, type Evaluation } from './evaluate.ts';
export * from './isolation/index.ts';
export { timesOf } from './measure/index.ts';
export { type Series } from './series.ts';
export { inWords, levelInWords } from './words.ts';
