export { judgeClaims, judgeFacts, judgeResult, machineOf, sourceOf, type ClaimSource } from './claims/index.ts';
export { chooseAttempt, type Attempt } from './choose.ts';
export { conditionRank, isImpossible, whyNotGood, type Condition } from './condition.ts';
export { computeFindings, type FindingInputs } from './compute.ts';
export { evaluate, placesOf, type EvaluatedVariant, type Evaluation } from './evaluate.ts';
export { type Series } from './series.ts';
export {
  poolResults,
  poolSourceOf,
  type Pooled,
  type PooledFinding,
  type PooledMachine,
  type PoolSource,
} from './pool/index.ts';
export * from './probes.ts';
export { inWords, levelInWords, valueInWords } from './words.ts';
export { medianOf, sensitivityToWithheld, withheldIn, type Sensitivity } from './withheld.ts';
