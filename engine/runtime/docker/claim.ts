import type Docker from 'dockerode';
import { LABEL, ownedLabels } from '../labels.ts';
import type { Ownership } from '../labels.ts';
import { belonging } from '../leases.ts';
import { listLabelled, removeOwned } from './remove.ts';
import { createVolume } from './volumes.ts';

/** In the place of a run: a claim is there before any, and outlives each. */
const NO_RUN = 'none';

/**
 * Says on the engine itself that somebody uses it, before an image is looked for: a run that has only found its images there has nothing else to
 * show. It is an empty volume, which costs a few ms. The returned function takes it back.
 */
export async function claimEngine(docker: Docker, ownership: Ownership, session: string): Promise<() => Promise<void>> {
  const name = `cleave-claim-${ownership.lease}`;
  const labels = ownedLabels(ownership, { session, run: NO_RUN });
  await createVolume(docker, name, labels);
  return () => removeOwned(docker, [{ kind: 'volume', id: name, title: name, labels, createdMs: null }]);
}

/**
 * Who may need an image that nothing runs from, in words for a message: whoever has something on this engine and is alive, or may be. Null when
 * nobody. `exceptLease` does not count.
 */
export async function userOfImages(
  docker: Docker,
  options: { signal?: AbortSignal | undefined; exceptLease?: string | undefined },
): Promise<string | null> {
  let unknown: string | null = null;
  for (const { kind, title, labels } of await listLabelled(docker, [`${LABEL.managed}=true`], options.signal)) {
    const { [LABEL.owner]: owner = '', [LABEL.lease]: lease = '' } = labels;
    if (lease !== '' && lease === options.exceptLease) continue;
    const state = await belonging({ owner, lease });
    if (state === 'held') return `a Cleave that is running may use it (process ${owner.split('|', 1)[0]})`;
    if (state === 'unknown') unknown ??= `a Cleave in another place may be running and use it (${kind} ${title})`;
  }
  return unknown;
}
