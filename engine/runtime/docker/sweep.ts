import type Docker from 'dockerode';
import { LABEL } from '../labels.ts';
import { isLeftBehind } from '../leases.ts';
import type { SweepReport } from '../types.ts';
import { listLabelled, removeOwned } from './remove.ts';
import type { Owned } from './remove.ts';

/** Removes the containers, networks and volumes that were left behind; whatever else carries Cleave's label is kept. */
export async function sweepEngine(docker: Docker, signal?: AbortSignal): Promise<SweepReport> {
  const kept: string[] = [];
  const dead: Owned[] = [];
  for (const item of await listLabelled(docker, [`${LABEL.managed}=true`], signal)) {
    const { [LABEL.owner]: owner = '', [LABEL.lease]: lease = '' } = item.labels;
    if (await isLeftBehind({ owner, lease })) dead.push(item);
    else kept.push(item.title);
  }
  await removeOwned(docker, dead);
  return { removed: dead.map((item) => item.title), kept };
}
