import type Docker from 'dockerode';
import { sentenceOf } from '../errors.ts';
import { LIMIT_MS, engineCall, engineCallUnless } from './call.ts';

const LAST_PASS = 2;

/** Something on the engine that Cleave made. */
export interface Owned {
  kind: 'container' | 'network' | 'volume';
  id: string;
  title: string;
  labels: Record<string, string>;
}

/** Everything on the engine that carries all of these labels (`key=value`), in the order in which it can be removed. */
export async function listLabelled(docker: Docker, labels: readonly string[], signal?: AbortSignal): Promise<Owned[]> {
  const filters = { label: [...labels] };
  const [containers, networks, volumes] = await engineCall(
    'Listing what Cleave made',
    LIMIT_MS.ask,
    signal,
    async (abortSignal) =>
      Promise.all([
        docker.listContainers({ all: true, filters, abortSignal }),
        docker.listNetworks({ filters, abortSignal }),
        docker.listVolumes({ filters, abortSignal }),
      ]),
  );
  return [
    ...containers.map((item): Owned => ({
      kind: 'container',
      id: item.Id,
      title: (item.Names[0] ?? item.Id).replace(/^\//, ''),
      labels: item.Labels,
    })),
    ...networks.map((item): Owned => ({ kind: 'network', id: item.Id, title: item.Name, labels: item.Labels ?? {} })),
    ...(volumes.Volumes ?? []).map((item): Owned => ({
      kind: 'volume',
      id: item.Name,
      title: item.Name,
      labels: item.Labels ?? {},
    })),
  ];
}

/** Removes these things, containers first and side by side. Throws one error naming what would not go. */
export async function removeOwned(docker: Docker, items: readonly Owned[]): Promise<void> {
  const problems: string[] = [];
  for (const kind of ['container', 'network', 'volume'] as const) {
    const outcomes = await Promise.allSettled(
      items.filter((item) => item.kind === kind).map((item) => removeOne(docker, item)),
    );
    for (const outcome of outcomes) if (outcome.status === 'rejected') problems.push(sentenceOf(outcome.reason));
  }
  if (problems.length > 0) throw new Error(problems.join('; '));
}

/** Removes everything that carries all of these labels, and looks again until nothing is left. */
export async function removeLabelled(docker: Docker, labels: readonly string[]): Promise<string[]> {
  const removed: string[] = [];
  for (let pass = 0; pass <= LAST_PASS; pass += 1) {
    const items = await listLabelled(docker, labels);
    if (items.length === 0) break;
    // What fails in an early pass (a network whose container is on its way out) gets another chance.
    try {
      await removeOwned(docker, items);
      removed.push(...items.map((item) => item.title));
    } catch (error) {
      if (pass === LAST_PASS) throw error;
    }
  }
  return removed;
}

async function removeOne(docker: Docker, item: Owned): Promise<void> {
  const what = `Removing the ${item.kind} ${item.title}`;
  // 404: gone. 409 on a container: its removal is under way.
  const fine = item.kind === 'container' ? [404, 409] : [404];
  await engineCallUnless(fine, what, LIMIT_MS.remove, undefined, (abortSignal) => {
    if (item.kind === 'container') return docker.getContainer(item.id).remove({ force: true, v: true, abortSignal });
    if (item.kind === 'network') return docker.getNetwork(item.id).remove({ abortSignal });
    return docker.getVolume(item.id).remove({ abortSignal });
  });
}
