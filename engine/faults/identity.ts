import { createRandom, faultLabel, type Fault } from '../model/index.ts';

/**
 * Identity of one injection, from the round's seed alone: hooks draw from it which calls they hit, so that one fault has the same pattern in every
 * variant of a block, in every run with that seed, and another in the next block.
 */
export function faultIdentity(seed: number, place: string, fault: Fault): string {
  return createRandom(seed, 'fault', place, faultLabel(fault)).uuid();
}
