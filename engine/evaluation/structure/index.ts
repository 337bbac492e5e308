export { callsAcross, couplingOf, sumOfCalls, type Call, type Coupling, type Part } from './coupling.ts';
export { declaredCalls, type DeclaredCall } from './declared.ts';
export { modulesOver, partTitle, structureNumbers, type SeenEdge, type StructureNumbers } from './numbers.ts';
export {
  associationsOf,
  fewestChanges,
  foretelling,
  reachSummary,
  unitsAtOnce,
  type Association,
  type Foretelling,
  type Foretold,
  type ReachSummary,
} from './reach.ts';
export { usageCohesion } from './usage.ts';
export { associationInWords, couplingInWords, reachInWords, unitTitle } from './words.ts';
