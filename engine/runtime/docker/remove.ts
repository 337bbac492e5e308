import type Docker from 'dockerode';
import { delay } from '../deadline.ts';
import { EngineError, sentenceOf } from '../errors.ts';
import { LABEL } from '../labels.ts';
import { LIMIT_MS, engineCall, engineCallUnless, isAway, statusOf } from './call.ts';

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1000;
/** How long something may take to go once its removal was asked for. */
const PATIENCE_MS = 30_000;
/** How long, where the engine says that it cannot or may not: that changes less often than that something is in use. */
const REFUSED_MS = 10_000;
/** How long an engine that is there may fail to list what was made on it: longer than one answer that does not come. */
const LISTING_MS = 15_000;
/** After what was listed has gone, what appears late is looked for this often. */
const MOST_LISTINGS = 5;

/** Something on the engine that Cleave made. */
export interface Owned {
  kind: 'container' | 'network' | 'volume';
  id: string;
  title: string;
  labels: Record<string, string>;
  /** When it was made, ms since the epoch; null where the engine does not say. */
  createdMs: number | null;
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
      createdMs: item.Created * 1000,
    })),
    ...networks.map((item): Owned => ({
      kind: 'network',
      id: item.Id,
      title: item.Name,
      labels: item.Labels ?? {},
      createdMs: timeOf(item.Created),
    })),
    ...(volumes.Volumes ?? []).map((item): Owned => ({
      kind: 'volume',
      id: item.Name,
      title: item.Name,
      labels: item.Labels ?? {},
      createdMs: timeOf('CreatedAt' in item ? item.CreatedAt : undefined),
    })),
  ];
}

function timeOf(text: unknown): number | null {
  const ms = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}

/** As `removeOrTell`. Throws one error naming what would not go. */
export async function removeOwned(docker: Docker, items: readonly Owned[], patienceMs?: number): Promise<void> {
  const left = await removeOrTell(docker, items, patienceMs);
  if (left.size > 0) throw notRemoved([...left.values()]);
}

/**
 * Removes these things, containers first and side by side, and settles only when the engine lists none of them any more: an answer that says
 * "in progress" or "in use" means wait and look again. Gives what would not go within `patienceMs`, with a sentence each; where an answer does not come at all,
 * none of them is asked for again. Throws when the engine is not there.
 */
export async function removeOrTell(
  docker: Docker,
  items: readonly Owned[],
  patienceMs: number = PATIENCE_MS,
): Promise<Map<Owned, string>> {
  const endMs = performance.now() + patienceMs;
  const problems = new Map<string, string>();
  const said = new Map<Owned, Answer>();
  const refusedMs = performance.now() + REFUSED_MS;
  let left = items;
  for (let waitMs = FIRST_WAIT_MS; left.length > 0; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    for (const kind of ['container', 'network', 'volume'] as const) {
      await Promise.all(
        left
          .filter((item) => item.kind === kind)
          .map(async (item) => {
            said.set(item, await ask(docker, item, problems));
          }),
      );
    }
    left = await patiently(() => stillThere(docker, left));
    // What hangs once hangs again, and what is left besides may be waiting for it.
    if (left.length === 0 || performance.now() >= endMs || left.some((item) => said.get(item) === 'nothing')) break;
    if (performance.now() >= refusedMs && left.some((item) => said.get(item) === 'no')) break;
    await delay(waitMs);
  }
  return new Map(left.map((item) => [item, problems.get(keyOf(item)) ?? stillListed(item)]));
}

/** What an engine answers to a wish to remove something: that it has, that it will not, that it is in use or on its way, or nothing. */
type Answer = 'yes' | 'no' | 'later' | 'nothing';

/** Asks once for its removal; what the engine has against it is noted. Throws when the engine is not there. */
async function ask(docker: Docker, item: Owned, problems: Map<string, string>): Promise<Answer> {
  try {
    await engineCallUnless(
      [404],
      `Removing the ${item.kind} ${item.title}`,
      LIMIT_MS.change,
      undefined,
      (abortSignal) => {
        if (item.kind === 'container')
          return docker.getContainer(item.id).remove({ force: true, v: true, abortSignal });
        if (item.kind === 'network') return docker.getNetwork(item.id).remove({ abortSignal });
        return docker.getVolume(item.id).remove({ abortSignal });
      },
    );
    problems.delete(keyOf(item));
    return 'yes';
  } catch (error) {
    if (isAway(error)) throw error;
    problems.set(keyOf(item), sentenceOf(error));
    if (error instanceof EngineError && error.kind === 'timeout') return 'nothing';
    return [403, 500].includes(statusOf(error) ?? 0) ? 'no' : 'later';
  }
}

async function stillThere(docker: Docker, items: readonly Owned[]): Promise<readonly Owned[]> {
  const [only] = items;
  if (only !== undefined && items.length === 1) return (await isThere(docker, only)) ? items : [];
  const listed = new Set((await listLabelled(docker, [`${LABEL.managed}=true`])).map(keyOf));
  return items.filter((item) => listed.has(keyOf(item)));
}

/** Asks again where one answer was none: what is not known to be gone would stay. Throws at once when nothing listens there. */
async function patiently<T>(look: () => Promise<T>): Promise<T> {
  const endMs = performance.now() + LISTING_MS;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    try {
      return await look();
    } catch (error) {
      if (isAway(error) || performance.now() >= endMs) throw error;
    }
    await delay(waitMs);
  }
}

/** The published types know only its form with a callback. */
function inspectNetwork(docker: Docker, id: string, abortSignal: AbortSignal): Promise<unknown> {
  const network: { inspect(options: { abortSignal: AbortSignal }): Promise<unknown> } = docker.getNetwork(id);
  return network.inspect({ abortSignal });
}

async function isThere(docker: Docker, item: Owned): Promise<boolean> {
  try {
    await engineCall(
      `Looking for the ${item.kind} ${item.title}`,
      LIMIT_MS.ask,
      undefined,
      async (abortSignal): Promise<unknown> => {
        if (item.kind === 'container') return docker.getContainer(item.id).inspect({ abortSignal });
        if (item.kind === 'network') return inspectNetwork(docker, item.id, abortSignal);
        return docker.getVolume(item.id).inspect({ abortSignal });
      },
    );
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

function stillListed(item: Owned): string {
  return `Removing the ${item.kind} ${item.title}: the engine still lists it`;
}

function notRemoved(sentences: readonly string[]): EngineError {
  return new EngineError('engine', sentences.join('; '), {
    nextStep: 'Run "cleave clean" later; what is left carries Cleave’s labels.',
  });
}

/** Names it among all that is on the engine. */
export function keyOf({ kind, id }: Owned): string {
  return `${kind} ${id}`;
}

/** Removes a container whatever it is doing, and waits until it is gone. Its volumes stay unless they have no name. */
export async function removeContainer(
  docker: Docker,
  container: { id: string },
  title: string,
  patienceMs?: number,
): Promise<void> {
  await removeOwned(docker, [{ kind: 'container', id: container.id, title, labels: {}, createdMs: null }], patienceMs);
}

/** Removes everything that carries all of these labels, and looks again until nothing is left. */
export async function removeLabelled(
  docker: Docker,
  labels: readonly string[],
  patienceMs?: number,
): Promise<string[]> {
  const removed: string[] = [];
  for (let listing = 1; ; listing += 1) {
    const items = await patiently(() => listLabelled(docker, labels));
    if (items.length === 0) return removed;
    if (listing === MOST_LISTINGS) throw notRemoved(items.map(stillListed));
    await removeOwned(docker, items, patienceMs);
    removed.push(...items.map((item) => item.title));
  }
}
