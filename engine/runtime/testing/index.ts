export { fakeEngine } from './fake-engine.ts';
export { FakeRuntime, type FakeRuntimeOptions } from './fake-runtime.ts';
export type { FakeSite } from './fake-site.ts';
export type { FakeUnit } from './fake-unit.ts';
export type {
  FakeAnswer,
  FakeHost,
  FakeNetwork,
  FakeProgram,
  FakeProgramMaker,
  FakeRequest,
  Silence,
} from './program.ts';
export type { FakeCall, Script, ScriptedCall } from './script.ts';
