export { isAtLeast } from './api-version.ts';
export { discoverEngine } from './discover.ts';
export { judgeAddress } from './judge-address.ts';
export type { AddressJudgement } from './judge-address.ts';
export type { DiscoveryOptions, FoundEngine, NoEngine } from './discover.ts';
