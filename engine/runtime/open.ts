import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { tryFolder } from '../files/index.ts';
import { ensureBaseImage, nodeBase } from './docker/base-image/index.ts';
import { DockerRuntime, claimEngine, discoverEngine } from './docker/index.ts';
import type { FoundEngine } from './docker/index.ts';
import { EngineError, sentenceOf } from './errors.ts';
import { folderProblem } from './folder-problem.ts';
import { LABEL } from './labels.ts';
import type { Ownership } from './labels.ts';
import { thisOwner } from './owner.ts';
import { openPrivateFolder } from './private-folder.ts';
import { ProcessRuntime, findTaskset, recordsFolder, sitesFolder } from './process/index.ts';
import { createReaper, reaperEngine } from './reaper/index.ts';
import type { Runtime } from './types.ts';

/** An engine that is being started anew may take two minutes to answer; a create that was under way may appear within one interval. */
const REAPER_TIMES = { patienceMs: 120_000, intervalMs: 400 } as const;
const BUILD_STEP_MS = 20_000;

export interface OpenRuntimeOptions {
  /** The Node program that runs units of the process runtime, and the reaper. */
  nodePath: string;
  /** Folder for what people keep, tried before anything else; left out where nothing is kept. */
  dataDir?: string;
  /** Folder for records that outlive a crash. */
  stateDir: string;
  /** Folder for files of runs and for caches, this user's alone: programs found in it are run. */
  workDir: string;
  /** Name of this process's session, for people who look at what runs. */
  session: string;
  /** Where engines are looked for; this process's own environment if not given. */
  env?: Record<string, string | undefined>;
  /** An engine's address, as in DOCKER_HOST; no other is tried then. */
  explicitEngine?: string;
  /** What is to run may not be run with this person's rights unless the process runtime is asked for by its name. */
  needsContainers?: boolean;
  signal?: AbortSignal;
  /** Told in plain words what takes time: getting a base image. */
  onProgress?: (text: string) => void;
}

/**
 * Opens the runtime asked for; `auto` takes docker if an engine answers and a base image can be had, else process. `reason` says in one
 * sentence which it is and why. The caller closes it.
 * @throws EngineError `no-engine` when docker was demanded, or containers are needed, and none answers, `unsafe` when the work folder is not this user's alone
 */
export async function openRuntime(
  choice: 'auto' | 'docker' | 'process',
  options: OpenRuntimeOptions,
): Promise<{ runtime: Runtime; reason: string }> {
  const lease = `${options.session}-${randomBytes(6).toString('hex')}`;
  const ownership: Ownership = { owner: await thisOwner(), lease };
  if (choice === 'process')
    return { runtime: await openProcess(options, ownership), reason: 'The process runtime, as asked for.' };
  const found = await discoverEngine({
    explicit: options.explicitEngine,
    signal: options.signal,
    ...(options.env ? { env: options.env } : {}),
  });
  if (!('docker' in found)) {
    if (choice === 'docker') throw new EngineError('no-engine', found.problem, { nextStep: found.nextStep });
    if (options.needsContainers === true) throw wouldRunNatively(found.problem.replace(/\.$/, ''), found.nextStep);
    return {
      runtime: await openProcess(options, ownership),
      reason: `The process runtime, for ${lowerFirst(found.problem)} ${found.nextStep}`,
    };
  }
  try {
    const runtime = await openDocker(options, ownership, found);
    return {
      runtime,
      reason: `The docker runtime: ${found.name} ${found.version} answers at ${found.address} (${found.source}).`,
    };
  } catch (error) {
    options.signal?.throwIfAborted();
    if (choice === 'docker') throw error;
    if (options.needsContainers === true)
      throw wouldRunNatively(`${found.name} answers but cannot be used: ${sentenceOf(error)}`, null);
    return {
      runtime: await openProcess(options, ownership),
      reason: `The process runtime, for ${found.name} answers but cannot be used: ${sentenceOf(error)}.`,
    };
  }
}

function wouldRunNatively(problem: string, nextStep: string | null): EngineError {
  return new EngineError(
    'no-engine',
    `${problem}; as processes, applications that did not come with Cleave would run with all your rights, which they do only when asked for`,
    {
      nextStep: `${nextStep === null ? '' : `${nextStep} `}Or say --runtime process, if you trust their source.`,
    },
  );
}

/** Made only once it is known what is opened: a refusal leaves no folder behind. */
async function makeFolders({ dataDir, workDir, stateDir }: OpenRuntimeOptions): Promise<void> {
  const made = (title: string, folder: string): Promise<void> =>
    tryFolder(folder).catch((error: unknown) => {
      throw folderProblem({ title, variable: 'CLEAVE_DATA_DIR' }, folder, error);
    });
  // The others lie in it unless a person said otherwise, and it is the one that people know.
  if (dataDir !== undefined) await made('The data folder', dataDir);
  await openPrivateFolder(workDir);
  await made('The state folder', stateDir);
}

async function openDocker(options: OpenRuntimeOptions, ownership: Ownership, engine: FoundEngine): Promise<Runtime> {
  await makeFolders(options);
  const reaper = createReaper(options.nodePath, {
    engine: reaperEngine(engine.endpoint),
    labels: [`${LABEL.managed}=true`, `${LABEL.lease}=${ownership.lease}`],
    imageLabel: `${LABEL.imageLease}=${ownership.lease}`,
    sites: null,
    ...REAPER_TIMES,
    leastMs: BUILD_STEP_MS,
  });
  await reaper.start();
  const unclaim = await claimEngine(engine.docker, ownership, options.session);
  try {
    const base = await ensureBaseImage(engine.docker, nodeBase, {
      signal: options.signal,
      onProgress: options.onProgress,
      workDir: path.join(options.workDir, 'base-image'),
    });
    return new DockerRuntime({ engine, base, ownership, reaper, unclaim, workDir: options.workDir });
  } catch (error) {
    // What is in the way of removing it is in the reaper's way no longer.
    await unclaim().catch(() => {});
    await reaper.stop(false);
    throw error;
  }
}

async function openProcess(options: OpenRuntimeOptions, ownership: Ownership): Promise<Runtime> {
  await makeFolders(options);
  const { nodePath, stateDir, workDir } = options;
  const reaper = createReaper(nodePath, {
    engine: null,
    labels: [],
    imageLabel: '',
    leastMs: 0,
    sites: { records: recordsFolder(stateDir), lease: ownership.lease, folders: sitesFolder(workDir) },
    ...REAPER_TIMES,
  });
  return new ProcessRuntime({ nodePath, stateDir, workDir, tasksetPath: await findTaskset(), ownership, reaper });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
