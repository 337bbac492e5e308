export { buildPrograms } from './build.ts';
export { launchOf, type Interpreter, type Launch } from './launch.ts';
export { kitFolderOf } from './place.ts';
export { Unbuildable, type PackagesOfOthers, type Program } from './program.ts';
export { requirePython } from './python/interpreter.ts';
export { toolchainsHere, type Toolchain } from './toolchains.ts';
export { thisArchitecture, thisMachine, type Target } from './target.ts';
export { buildDescription } from './typescript/builder.ts';
export { bundleOwnProgram } from './typescript/own-program.ts';
