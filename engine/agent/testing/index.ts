export { startFakeAgent, type FakeAgentSurroundings } from './fake-agent.ts';
export type { Served } from './fake-load.ts';
