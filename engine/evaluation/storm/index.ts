export { deriveStorm } from './derive.ts';
export { stormPhase, stormSeen, type SeenStorm } from './seen.ts';
