import { ownerState, parseOwner } from './owner.ts';

/** `left`: nobody's any more; `held`: a living owner's; `unknown`: that cannot be told from here, so it is kept unless a person says otherwise. */
export type Belonging = 'held' | 'left' | 'unknown';

const endedHere = new Set<string>();

/** Says that the runtime of this lease is closed: what still carries it could not be removed then. */
export function endLease(lease: string): void {
  endedHere.add(lease);
}

/**
 * To whom a thing with these labels belongs. The one rule for whatever outlives a process: containers, networks, volumes, images, sites of
 * the process runtime, journals of runs (which have no lease).
 */
export async function belonging(thing: { owner: string; lease?: string }): Promise<Belonging> {
  if (thing.lease !== undefined && endedHere.has(thing.lease)) return 'left';
  const owner = parseOwner(thing.owner);
  const state = owner === null ? 'unknown' : await ownerState(owner);
  switch (state) {
    case 'alive':
      return 'held';
    case 'dead':
      return 'left';
    case 'unknown':
      return 'unknown';
    default:
      return state satisfies never;
  }
}
