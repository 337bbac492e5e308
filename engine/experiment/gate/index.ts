export { plannedGateInputs, type GateInputs, type VariantFacts } from './facts.ts';
export { fairnessGate, stoppingChecks } from './fairness.ts';
