export { findTaskset } from './cpus.ts';
export { recordsFolder } from './record.ts';
export { ProcessRuntime } from './runtime.ts';
export { sitesFolder } from './site-folder.ts';
export { sweepProcesses } from './sweep.ts';
