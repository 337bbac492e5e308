export { deriveStorm } from './derive.ts';
export { stormPhase, stormPhaseAgain, stormSeen, type SeenStorm } from './seen.ts';
