import { formatOwner } from './owner.ts';
import type { Owner } from './owner.ts';
import type { RunIdentity } from './types.ts';

/** Names of the labels on everything created on an engine. Nothing is ever selected by anything else. */
export const LABEL = {
  managed: 'cleave.managed',
  session: 'cleave.session',
  run: 'cleave.run',
  owner: 'cleave.owner',
  /** One opened runtime: what its reaper removes, and nothing else. */
  lease: 'cleave.lease',
  site: 'cleave.site',
  unit: 'cleave.unit',
  instance: 'cleave.instance',
  /**
   * On images only: they outlive runs, for they are the warm cache. None of the names above may be on an image: a container that a person starts from
   * it inherits its labels, and would be taken for a dead run's.
   */
  image: 'cleave.image',
  imageOwner: 'cleave.image.owner',
  imageLease: 'cleave.image.lease',
} as const;

/** Labels that a container, network or volume must have from its creation. */
export const REQUIRED_LABELS = [LABEL.managed, LABEL.session, LABEL.run, LABEL.owner, LABEL.lease] as const;

/** To whom something belongs: the process, and the runtime that it opened. */
export interface Ownership {
  owner: Owner;
  lease: string;
}

export function ownedLabels({ owner, lease }: Ownership, run: RunIdentity): Record<string, string> {
  return {
    [LABEL.managed]: 'true',
    [LABEL.session]: run.session,
    [LABEL.run]: run.run,
    [LABEL.owner]: formatOwner(owner),
    [LABEL.lease]: lease,
  };
}
