export { discoverEngine } from './discover.ts';
export type { DiscoveryOptions, FoundEngine, NoEngine } from './discover.ts';
