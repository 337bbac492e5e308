export { plannedGateInputs, type GateInputs, type VariantFacts } from './facts.ts';
export { quietOverTheRun } from './quiet-over-the-run.ts';
export { fairnessGate, stoppingChecks } from './fairness.ts';
