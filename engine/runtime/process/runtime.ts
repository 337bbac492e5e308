import os from 'node:os';
import { launchOf, requirePython, thisMachine } from '../../languages/index.ts';
import { ensureTemplate } from '../database/index.ts';
import { EngineError, sentenceOf } from '../errors.ts';
import { measureFloor } from '../floor.ts';
import type { Ownership } from '../labels.ts';
import { endLease } from '../leases.ts';
import type { Reaper } from '../reaper/index.ts';
import type {
  Artifact,
  RunIdentity,
  Runtime,
  RuntimeCapabilities,
  Site,
  SiteOptions,
  SweepOptions,
  SweepReport,
  UnitSource,
} from '../types.ts';
import { ensureFolder } from './artifact.ts';
import { allowedCpus } from './cpus.ts';
import { ProcessSite } from './site.ts';
import { sweepProcesses } from './sweep.ts';

export interface ProcessRuntimeOptions {
  nodePath: string;
  stateDir: string;
  workDir: string;
  tasksetPath: string | null;
  ownership: Ownership;
  reaper: Reaper;
}

/** Units as child processes on loopback ports: the runtime that needs nothing installed. */
export class ProcessRuntime implements Runtime {
  readonly kind = 'process';
  readonly capabilities: RuntimeCapabilities;
  readonly target = thisMachine();
  readonly #options: ProcessRuntimeOptions;
  readonly #sites = new Set<ProcessSite>();

  constructor(options: ProcessRuntimeOptions) {
    this.#options = options;
    this.capabilities = {
      cpuPinning: options.tasksetPath !== null,
      memoryLimit: false,
      pause: process.platform !== 'win32',
      cpuQuota: false,
      partition: false,
      networkCounters: false,
    };
  }

  inspect(): ReturnType<Runtime['inspect']> {
    return Promise.resolve({ engine: null, baseImage: null });
  }

  nowMs(): Promise<number> {
    return Promise.resolve(Date.now());
  }

  async resources(): ReturnType<Runtime['resources']> {
    return { cpus: await allowedCpus(), memoryBytes: os.totalmem() };
  }

  async build(source: UnitSource, options: Parameters<Runtime['build']>[1]): Promise<Artifact> {
    options.signal?.throwIfAborted();
    // Told before anything is started.
    if (launchOf(source.language).interpreter === 'python')
      await requirePython().catch((error: unknown) => {
        throw new EngineError('unsupported', `Unit "${source.unit.name}" cannot be run: ${sentenceOf(error)}`);
      });
    return ensureFolder(this.#options.workDir, source, options.fresh);
  }

  async buildDatabase({ signal }: Parameters<Runtime['buildDatabase']>[0]): Promise<Artifact> {
    const { folder, bytes, kind, buildMs } = await ensureTemplate(this.#options.workDir, signal);
    return { unit: 'database', reference: folder, totalBytes: bytes, addedBytes: bytes, buildMs, kind };
  }

  async openSite(options: SiteOptions): Promise<Site> {
    const { nodePath, stateDir, workDir, tasksetPath, ownership, reaper } = this.#options;
    await reaper.start();
    const site = await ProcessSite.open(
      {
        nodePath,
        stateDir,
        workDir,
        tasksetPath,
        ownership,
        onClosed: (closed) => void this.#sites.delete(closed),
      },
      options,
    );
    this.#sites.add(site);
    return site;
  }

  measureFloor(run: RunIdentity, signal?: AbortSignal): Promise<number> {
    return measureFloor(this, run, signal);
  }

  sweep(options: SweepOptions = {}): Promise<SweepReport> {
    return sweepProcesses(this.#options, options);
  }

  async close(): Promise<void> {
    const outcomes = await Promise.allSettled([...this.#sites].map((site) => site.close()));
    const problems = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [sentenceOf(outcome.reason)] : []));
    endLease(this.#options.ownership.lease);
    await this.#options.reaper.stop(problems.length === 0);
    if (problems.length > 0) throw new EngineError('engine', `Closing the process runtime: ${problems.join('; ')}`);
  }
}
