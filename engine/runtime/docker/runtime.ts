import { createHash } from 'node:crypto';
import path from 'node:path';
import type Docker from 'dockerode';
import { z } from 'zod';
import { launchOf, type Target } from '../../languages/index.ts';
import type { Language } from '../../model/index.ts';
import { closeOnFailure } from '../closing.ts';
import { EngineError, sentenceOf } from '../errors.ts';
import { measureFloor } from '../floor.ts';
import { LABEL, ownedLabels } from '../labels.ts';
import type { Ownership } from '../labels.ts';
import { endLease } from '../leases.ts';
import { formatOwner } from '../owner.ts';
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
import type { BaseImage } from './base-image/index.ts';
import { Bases } from './bases.ts';
import { engineCall, LIMIT_MS } from './call.ts';
import { ensureDatabaseImage } from './database-image.ts';
import { isAtLeast, type FoundEngine } from './discovery/index.ts';
import { APP_DIRECTORY, ensureImage, imageReference } from './image.ts';
import { assertReachable } from './reachable.ts';
import { signalled } from './signalled.ts';
import { DockerSite } from './site.ts';
import { sweepEngine } from './sweep.ts';
import { usableCpus } from './usable-cpus.ts';

export interface DockerRuntimeOptions {
  engine: FoundEngine;
  /** What units in TypeScript stand on, and all that is not of the application. */
  base: BaseImage;
  ownership: Ownership;
  reaper: Reaper;
  /** Folder for what is made once and used again. */
  workDir: string;
  /** Takes back what says on the engine that this runtime is open. */
  unclaim: () => Promise<void>;
}

/** What is looked at before any run belongs to none. */
const NO_RUN = 'none';

const clockSchema = z.looseObject({ SystemTime: z.string() });

/** Units as containers of a Docker-compatible engine. */
export class DockerRuntime implements Runtime {
  readonly kind = 'docker';
  readonly target: Target;
  readonly #options: DockerRuntimeOptions;
  readonly #docker: Docker;
  readonly #sites = new Set<DockerSite>();
  readonly #bases: Bases;
  #capabilities: RuntimeCapabilities;
  #cpus: readonly number[] | null = null;
  /** Whether containers of one network were seen to reach each other. */
  #isReachable = false;

  constructor(options: DockerRuntimeOptions) {
    const { limits } = options.engine;
    this.#options = options;
    this.#docker = options.engine.docker;
    const { base: node, workDir } = options;
    this.#bases = new Bases({ docker: this.#docker, node, workDir: path.join(workDir, 'base-image') });
    this.target = { os: 'linux', architecture: options.base.architecture };
    this.#capabilities = {
      cpuPinning: limits.cpuSet,
      memoryLimit: limits.memory,
      pause: limits.pause,
      cpuQuota: limits.cpuQuota,
      partition: true,
      networkCounters: true,
    };
  }

  get capabilities(): RuntimeCapabilities {
    return this.#capabilities;
  }

  inspect(): ReturnType<Runtime['inspect']> {
    const { engine, base } = this.#options;
    return Promise.resolve({
      engine: {
        name: engine.name,
        version: engine.version,
        apiVersion: engine.apiVersion ?? 'not said',
        storageDriver: engine.storageDriver,
        operatingSystem: engine.operatingSystem,
      },
      baseImage: { reference: base.reference, digest: base.digest, origin: base.origin, nodeVersion: base.version },
    });
  }

  async nowMs(signal?: AbortSignal): Promise<number> {
    const { SystemTime } = clockSchema.parse(
      await engineCall('Asking the engine for its time', LIMIT_MS.ask, signal, (abortSignal) =>
        signalled(this.#docker).info({ abortSignal }),
      ),
    );
    return Date.parse(SystemTime);
  }

  async resources(signal?: AbortSignal): ReturnType<Runtime['resources']> {
    const { memoryBytes } = this.#options.engine;
    this.#cpus ??= await this.#findCpus(signal);
    return { cpus: [...this.#cpus], memoryBytes };
  }

  /** By number where units are held to them; else as many as the engine says it has. */
  async #findCpus(signal: AbortSignal | undefined): Promise<readonly number[]> {
    const { base, engine, ownership } = this.#options;
    if (this.#capabilities.cpuPinning) {
      const labels = ownedLabels(ownership, { session: ownership.lease, run: NO_RUN });
      const found = await usableCpus(this.#docker, { image: base.reference, labels }, signal);
      if (found !== null) return found;
      this.#capabilities = { ...this.#capabilities, cpuPinning: false };
    }
    return Array.from({ length: engine.cpus }, (_, cpu) => cpu);
  }

  async build(source: UnitSource, options: Parameters<Runtime['build']>[1]): Promise<Artifact> {
    // A build that is cut off leaves something too.
    await this.#options.reaper.start();
    const { signal, onProgress } = options;
    const base = await this.#bases.of(source.language, { signal, onProgress });
    const image = await ensureImage(
      this.#docker,
      base,
      {
        title: source.unit.name,
        reference: imageReference(`${source.application}-${source.unit.name}`, source.hash, base),
        files: source.files,
        command: commandOf(source.language),
      },
      { ...options, labels: this.#imageLabels },
    );
    return { unit: source.unit.name, ...image };
  }

  async buildDatabase(options: Parameters<Runtime['buildDatabase']>[0]): Promise<Artifact> {
    const { base, reaper, workDir } = this.#options;
    await reaper.start();
    const { signal, onProgress } = options;
    const image = await ensureDatabaseImage(this.#docker, base, workDir, {
      ...{ signal, onProgress, labels: this.#imageLabels },
    });
    return { unit: 'database', ...image };
  }

  /** Not of a run: an image outlives it. */
  get #imageLabels(): Record<string, string> {
    const { owner, lease } = this.#options.ownership;
    return { [LABEL.imageOwner]: formatOwner(owner), [LABEL.imageLease]: lease };
  }

  async openSite(options: SiteOptions): Promise<Site> {
    const { base, engine, ownership, reaper } = this.#options;
    await reaper.start();
    const site = await DockerSite.open(
      {
        docker: this.#docker,
        labels: ownedLabels(ownership, options.run),
        baseOf: (language) => this.#bases.layersOf(language),
        oneShotStats: isAtLeast(engine.apiVersion, '1.41'),
        cpuSet: this.#capabilities.cpuPinning,
        // Podman refuses options of networks that it does not know.
        closedEdge: engine.kind === 'docker',
        companionImage: async (program, signal) => {
          const hash = createHash('sha256').update(program).digest('hex');
          const reference = imageReference('companion', hash, base);
          const built = await ensureImage(
            this.#docker,
            base,
            {
              title: 'agent',
              reference,
              files: { 'agent.mjs': program },
              command: ['node', `${APP_DIRECTORY}/agent.mjs`],
            },
            { fresh: false, signal, labels: this.#imageLabels },
          );
          return built.reference;
        },
        onClosed: (closed) => void this.#sites.delete(closed),
      },
      options,
    );
    this.#sites.add(site);
    if (!this.#isReachable) {
      const labels = { ...ownedLabels(ownership, options.run), [LABEL.site]: site.id };
      const { kind, operatingSystem } = engine;
      const wish = { kind, operatingSystem, network: site.network, labels, image: base.reference };
      await closeOnFailure(
        () => assertReachable(this.#docker, wish, options.signal),
        () => site.close(),
      );
      this.#isReachable = true;
    }
    return site;
  }

  measureFloor(run: RunIdentity, signal?: AbortSignal): Promise<number> {
    return measureFloor(this, run, signal);
  }

  sweep(options: SweepOptions = {}): Promise<SweepReport> {
    return sweepEngine(this.#docker, { ...options, ownLease: this.#options.ownership.lease });
  }

  async close(): Promise<void> {
    const outcomes = await Promise.allSettled([...this.#sites].map((site) => site.close()));
    outcomes.push(...(await Promise.allSettled([this.#options.unclaim()])));
    const problems = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [sentenceOf(outcome.reason)] : []));
    endLease(this.#options.ownership.lease);
    // The reaper has the last look, without anybody waiting for it: what an unanswered call made may appear late.
    await this.#options.reaper.stop(false);
    if (problems.length > 0) throw new EngineError('engine', `Closing the docker runtime: ${problems.join('; ')}`);
  }
}

/** What starts a program of that language in its image. */
function commandOf(language: Language): string[] {
  const { interpreter, main } = launchOf(language);
  return [...(interpreter === null ? [] : [interpreter]), `${APP_DIRECTORY}/${main}`];
}
