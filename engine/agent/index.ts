export { AgentFailure, type AgentFailureKind } from './agent-failure.ts';
export { buildAgentProgram, type AgentProgramOptions } from './bundle.ts';
export { connectAgent, type AgentClient, type AgentRequest, type LoadHandle } from './client.ts';
export type { HttpAnswer } from './http-request.ts';
export type { AgentStreams } from './streams.ts';
