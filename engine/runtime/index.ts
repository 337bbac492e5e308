export { discoverEngine } from './docker/index.ts';
export type { DiscoveryOptions, FoundEngine, NoEngine } from './docker/index.ts';
export { EngineError } from './errors.ts';
export type { EngineErrorKind } from './errors.ts';
export { openRuntime } from './open.ts';
export type { OpenRuntimeOptions } from './open.ts';
export { LEAST_UNIT_MEMORY_BYTES, assignCpus, assignMemory } from './shares.ts';
export { sweepAll } from './sweep.ts';
export type * from './types.ts';
