export { thisMachine, type HostState, type Machine, type MachineFacts } from './machine.ts';
export { availableMemory } from './memory.ts';
export { judgeQuietness } from './quietness.ts';
export type { QuietnessWatch } from './quietness-watch.ts';
