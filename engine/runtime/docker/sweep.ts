import type Docker from 'dockerode';
import { LABEL } from '../labels.ts';
import { ownerState, parseOwner } from '../owner.ts';
import type { SweepReport } from '../types.ts';
import { listLabelled, removeOwned } from './remove.ts';
import type { Owned } from './remove.ts';

/** Removes the containers, networks and volumes of owners that are certainly dead; whatever else carries Cleave's label is kept. */
export async function sweepEngine(docker: Docker, signal?: AbortSignal): Promise<SweepReport> {
  const kept: string[] = [];
  const dead: Owned[] = [];
  for (const item of await listLabelled(docker, [`${LABEL.managed}=true`], signal)) {
    const owner = parseOwner(item.labels[LABEL.owner] ?? '');
    if (owner && (await ownerState(owner)) === 'dead') dead.push(item);
    else kept.push(item.title);
  }
  await removeOwned(docker, dead);
  return { removed: dead.map((item) => item.title), kept };
}
