import { ownerState, parseOwner } from './owner.ts';

const endedHere = new Set<string>();

/** Says that the runtime of this lease is closed: what still carries it could not be removed then. */
export function endLease(lease: string): void {
  endedHere.add(lease);
}

/** Whether a thing with these labels belongs to nobody any more: its owner is certainly dead, or has closed the runtime that made it. */
export async function isLeftBehind(thing: { owner: string; lease: string }): Promise<boolean> {
  if (endedHere.has(thing.lease)) return true;
  const owner = parseOwner(thing.owner);
  return owner !== null && (await ownerState(owner)) === 'dead';
}
