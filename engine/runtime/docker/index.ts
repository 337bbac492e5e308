export { claimEngine } from './claim.ts';
export { discoverEngine, judgeAddress } from './discovery/index.ts';
export type { AddressJudgement, DiscoveryOptions, FoundEngine, NoEngine } from './discovery/index.ts';
export type { Endpoint } from './endpoint.ts';
export { DockerRuntime } from './runtime.ts';
export { sweepEngine } from './sweep.ts';
