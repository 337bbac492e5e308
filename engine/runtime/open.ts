import path from 'node:path';
import { ensureBaseImage } from './docker/base-image/index.ts';
import { DockerRuntime, discoverEngine } from './docker/index.ts';
import type { Endpoint, FoundEngine } from './docker/index.ts';
import { EngineError, sentenceOf } from './errors.ts';
import { LABEL } from './labels.ts';
import { formatOwner, thisOwner } from './owner.ts';
import type { Owner } from './owner.ts';
import { ProcessRuntime, findTaskset, recordsFolder } from './process/index.ts';
import { createReaper } from './reaper/index.ts';
import type { ReaperOrder } from './reaper/index.ts';
import type { Runtime } from './types.ts';

export interface OpenRuntimeOptions {
  /** The Node program that runs units of the process runtime, and the reaper. */
  nodePath: string;
  /** Folder for records that outlive a crash. */
  stateDir: string;
  /** Folder for files of runs and for caches. */
  workDir: string;
  /** Name of this process's session: on everything it creates. */
  session: string;
  /** Where engines are looked for; this process's own environment if not given. */
  env?: Record<string, string | undefined>;
  /** An engine's address, as in DOCKER_HOST; no other is tried then. */
  explicitEngine?: string;
  signal?: AbortSignal;
  /** Told in plain words what takes time: getting a base image. */
  onProgress?: (text: string) => void;
}

/**
 * Opens the runtime asked for; `auto` takes docker if an engine answers and a base image can be had, else process. `reason` says in one
 * sentence which it is and why. The caller closes it.
 * @throws EngineError `no-engine` when docker was demanded and none answers
 */
export async function openRuntime(
  choice: 'auto' | 'docker' | 'process',
  options: OpenRuntimeOptions,
): Promise<{ runtime: Runtime; reason: string }> {
  const owner = await thisOwner();
  if (choice === 'process')
    return { runtime: await openProcess(options, owner), reason: 'The process runtime, as asked for.' };
  const found = await discoverEngine({
    explicit: options.explicitEngine,
    signal: options.signal,
    ...(options.env ? { env: options.env } : {}),
  });
  if (!('docker' in found)) {
    if (choice === 'docker') throw new EngineError('no-engine', found.problem, { nextStep: found.nextStep });
    return {
      runtime: await openProcess(options, owner),
      reason: `The process runtime, for ${lowerFirst(found.problem)} ${found.nextStep}`,
    };
  }
  try {
    const runtime = await openDocker(options, owner, found);
    return {
      runtime,
      reason: `The docker runtime: ${found.name} ${found.version} answers at ${found.address} (${found.source}).`,
    };
  } catch (error) {
    options.signal?.throwIfAborted();
    if (choice === 'docker') throw error;
    return {
      runtime: await openProcess(options, owner),
      reason: `The process runtime, for ${found.name} answers but cannot be used: ${sentenceOf(error)}.`,
    };
  }
}

async function openDocker(options: OpenRuntimeOptions, owner: Owner, engine: FoundEngine): Promise<Runtime> {
  const base = await ensureBaseImage(engine.docker, {
    signal: options.signal,
    onProgress: options.onProgress,
    workDir: path.join(options.workDir, 'base-image'),
  });
  const reaper = createReaper(options.nodePath, {
    engine: reaperEngine(engine.endpoint),
    labels: [`${LABEL.managed}=true`, `${LABEL.session}=${options.session}`, `${LABEL.owner}=${formatOwner(owner)}`],
    sites: null,
  });
  return new DockerRuntime({ engine, base, session: options.session, owner, reaper });
}

async function openProcess(options: OpenRuntimeOptions, owner: Owner): Promise<Runtime> {
  const { nodePath, stateDir, workDir, session } = options;
  const reaper = createReaper(nodePath, {
    engine: null,
    labels: [],
    sites: { folder: recordsFolder(stateDir), session, owner: formatOwner(owner) },
  });
  return new ProcessRuntime({ nodePath, stateDir, workDir, session, tasksetPath: await findTaskset(), owner, reaper });
}

function reaperEngine(endpoint: Endpoint): ReaperOrder['engine'] {
  if (endpoint.kind === 'socket') return { socketPath: endpoint.path };
  return {
    host: endpoint.host,
    port: endpoint.port,
    certificates: endpoint.kind === 'https' ? endpoint.certificates : null,
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
