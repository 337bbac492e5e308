export { poolResults, type PoolOptions } from './pool.ts';
export { poolSourceOf, type PoolSource } from './source.ts';
export type { MachineValue, Pooled, PooledFinding, PooledMachine } from './types.ts';
