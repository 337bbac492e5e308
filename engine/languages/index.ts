export { launchOf, type Interpreter, type Launch } from './launch.ts';
export { thisArchitecture, thisMachine, type Target } from './target.ts';
