export { checkProtocol } from './check.ts';
export type { ProtocolOptions } from './options.ts';
export type { Ending, GuardedProcess, ProgramHost, ProgramProcess, UnitPlace } from './program.ts';
export { requirements } from './requirements/index.ts';
export type { ProtocolResult, RequirementResult } from './result.ts';
