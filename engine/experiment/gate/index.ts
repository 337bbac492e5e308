export { plannedGateInputs, type GateInputs, type VariantFacts } from './facts.ts';
export { seenFacts, type SeenFacts } from './seen.ts';
export { fairnessGate, stoppingChecks } from './fairness.ts';
