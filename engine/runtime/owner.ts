import { z } from 'zod';
import { processExists, processStart, thisSystem } from './this-system.ts';
import type { SystemIdentity } from './this-system.ts';

/** The process that everything created belongs to, and the system in which its number means that process. */
export interface Owner extends SystemIdentity {
  pid: number;
  /** Start of that process in words of the system; '' where it cannot be known. Tells a living owner from a later process with its number. */
  started: string;
}

/** `dead` and `alive` are certain; what cannot be compared from here is `unknown` and never removed unasked. */
export type OwnerState = 'alive' | 'dead' | 'unknown';

const field = z.string().max(60);
const ownerSchema = z.tuple([z.string().regex(/^\d{1,10}$/), field, field, field, field]);

/** This process as an owner. */
export async function thisOwner(): Promise<Owner> {
  const [started, system] = await Promise.all([processStart(process.pid), thisSystem()]);
  return { pid: process.pid, started, ...system };
}

export function formatOwner({ pid, started, boot, space, machine }: Owner): string {
  return [pid, started, boot, space, machine].join('|');
}

/** Reads what `formatOwner` wrote; null for anything else, earlier versions' owners among it. */
export function parseOwner(text: string): Owner | null {
  const parts = ownerSchema.safeParse(text.split('|'));
  if (!parts.success) return null;
  const [pid, started, boot, space, machine] = parts.data;
  return { pid: Number(pid), started, boot, space, machine };
}

/** What can be said of an owner from here. `system` is the one this process sees if not given. */
export async function ownerState(owner: Owner, system?: SystemIdentity): Promise<OwnerState> {
  const here = system ?? (await thisSystem());
  if (owner.boot === '' || here.boot === '') return 'unknown';
  // Another start of this very machine: every process of that one is gone.
  if (owner.boot !== here.boot) return owner.machine !== '' && owner.machine === here.machine ? 'dead' : 'unknown';
  if (owner.space === '' || owner.space !== here.space) return 'unknown';
  if (!processExists(owner.pid)) return 'dead';
  const started = await processStart(owner.pid);
  if (started === '' || owner.started === '') return 'unknown';
  return started === owner.started ? 'alive' : 'dead';
}
