import { randomUUID } from 'node:crypto';
import { posix } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Laboratory } from '../engine/deploy/index.ts';
import type { Application, Language } from '../engine/model/index.ts';
import type { Ending, ProgramHost, ProgramProcess } from '../engine/protocol/index.ts';
import {
  closeAfterwards,
  closeOnFailure,
  onceDone,
  type Artifact,
  type RunningUnit,
  type Runtime,
  type Site,
} from '../engine/runtime/index.ts';
import { linuxSignalOf } from './linux-signals.ts';
import { Relay, relayProgram } from './relay/index.ts';

const memoryBytes = 512 * 1024 * 1024;
const mostLines = 50;
const mostLastWords = 2000;

export interface Containers {
  /** The module's program in that language, in containers of the image that a deployment of it runs. */
  host(language: Language): Promise<ProgramHost>;
  /** Aborts when somebody else removed what belongs to it. */
  vanished: AbortSignal;
  /** Removes everything. Safe to call twice. */
  close(): Promise<void>;
}

interface Wish {
  application: Application;
  module: string;
  signal: AbortSignal;
  onProgress: (text: string) => void;
}

/**
 * A site of its own on the engine, with a relay where a deployment has its agent: units are asked over it on the site's own network, and none has a port outside of it.
 * Throws EngineError, or the signal's reason; what was made by then has been removed.
 */
export async function openContainers(laboratory: Laboratory, wish: Wish): Promise<Containers> {
  const { module, signal, onProgress } = wish;
  const session = `protocol-${randomUUID().slice(0, 8)}`;
  const run = { session, run: session };
  const { runtime } = await laboratory.openRuntime('docker', { session, signal, onProgress });
  return closeOnFailure(
    async () => {
      const site = await runtime.openSite({ run, units: [module], cpus: null, signal });
      const relay = new Relay(await site.startCompanion(await relayProgram(), signal));
      const units = new Units(site, relay, module, signal);
      return {
        host: async (language) => units.hostOf(language, await imageOf({ laboratory, runtime, run, wish, language })),
        vanished: site.vanished,
        close: onceDone(() =>
          closeAfterwards(
            () => relay.close(),
            () => runtime.close(),
          ),
        ),
      };
    },
    () => runtime.close(),
  );
}

async function imageOf(order: {
  laboratory: Laboratory;
  runtime: Runtime;
  run: { session: string; run: string };
  wish: Wish;
  language: Language;
}): Promise<Artifact> {
  const { laboratory, runtime, run, wish, language } = order;
  const { application, module, signal } = wish;
  const unit = unitOf(module, language);
  const built = await laboratory.bundle(application, [unit], { target: runtime.target, signal });
  const source = built.get(module);
  if (source === undefined) throw new Error(`nothing was built of "${module}"`);
  return runtime.build(source, { fresh: false, run, signal });
}

const unitOf = (module: string, language: Language) => ({
  ...{ name: module, modules: [module] },
  ...(language === 'typescript' ? {} : { language }),
});

/** How a process ended; null where nobody told. */
interface Death {
  atMs: number;
  exitCode: number | null;
}

/** Every start is an instance of its own, so that several can be there at once. */
class Units {
  readonly #site: Site;
  readonly #relay: Relay;
  readonly #module: string;
  readonly #signal: AbortSignal;
  readonly #deaths = new Map<number, (death: Death) => void>();
  /** Containers of processes that have ended, on their way out. */
  readonly #removals = new Set<Promise<void>>();
  #instances = 0;

  constructor(site: Site, relay: Relay, module: string, signal: AbortSignal) {
    this.#site = site;
    this.#relay = relay;
    this.#module = module;
    this.#signal = signal;
    site.onUnitEvent(({ kind, instance, atMs, exitCode }) => {
      if (kind === 'die') this.#deaths.get(instance)?.({ atMs, exitCode });
    });
    // Nobody tells any more how one ended.
    site.vanished.addEventListener('abort', () => {
      for (const die of this.#deaths.values()) die({ atMs: Date.now(), exitCode: null });
    });
  }

  hostOf(language: Language, artifact: Artifact): ProgramHost {
    const instances = new WeakMap<object, number>();
    return {
      place: async () => {
        const instance = this.#instances++;
        const { serviceUrl, controlUrl, listen, control } = await this.#site.addressOfInstance(this.#module, instance);
        const place = {
          url: await this.#relay.way(new URL(serviceUrl)),
          controlUrl: await this.#relay.way(new URL(controlUrl)),
          ...{ serviceUrl, listen, control },
          // Instances of a unit share its volume; data of one start are not those of the next.
          dataDirectory: posix.join(this.#site.dataDirectory(this.#module), String(instance)),
        };
        instances.set(place, instance);
        return place;
      },
      start: async (configuration, place) => {
        const instance = instances.get(place);
        if (instance === undefined) throw new Error('this is no place in a container');
        return this.#start(language, artifact, instance, configuration);
      },
      guarded: 'a container ends with everything in it, so that nothing in it has to be guarded',
    };
  }

  async #start(
    language: Language,
    artifact: Artifact,
    instance: number,
    configuration: string | undefined,
  ): Promise<ProgramProcess> {
    // One that crashed is there for a moment more, and would take its share of the machine.
    await Promise.all(this.#removals);
    this.#site.vanished.throwIfAborted();
    const died = new Promise<Death>((resolve) => this.#deaths.set(instance, resolve));
    const running = await this.#site.startUnit(
      {
        ...{ unit: unitOf(this.#module, language), instance, artifact, memoryBytes, published: false },
        environment: configuration === undefined ? {} : { CLEAVE_UNIT: configuration },
      },
      this.#signal,
    );
    return {
      ended: died.then((death) => this.#endingOf(running, death)),
      signal: (name) => signalled(running, name),
      usage: async () => {
        const { atMs, cpuSeconds, memoryBytes: residentBytes } = await running.stats();
        return { atMs, takenMs: cpuSeconds === null ? null : cpuSeconds * 1000, inLineMs: null, residentBytes };
      },
    };
  }

  /** How its process ended the first time. The engine would start it again, which is called off; how long that takes is not the program's. */
  #endingOf(running: RunningUnit, { atMs, exitCode }: Death): Ending {
    const words = lastWordsOf(running, atMs);
    const removal = words.then(() => running.remove()).catch(() => undefined);
    this.#removals.add(removal);
    void removal.then(() => this.#removals.delete(removal));
    const signal = linuxSignalOf(exitCode);
    return { code: signal === null ? exitCode : null, signal, lastWords: () => words };
  }
}

/** A request that the engine does not take shows as a unit that does not end. */
async function signalled(running: RunningUnit, name: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (name === 'SIGKILL') {
    void running.kill().catch(() => undefined);
    return;
  }
  const askedMs = performance.now();
  await running.status().catch(() => undefined);
  const answerMs = performance.now() - askedMs;
  void running.remove().catch(() => undefined);
  // It looks once more and asks then for the end, and the answer to that comes with the end.
  await delay(2 * answerMs);
}

async function lastWordsOf(running: RunningUnit, endedMs: number): Promise<string> {
  const lines = await running.recentLogs(mostLines).catch(() => []);
  return lines
    .flatMap(({ stream, line, atMs }) => (stream === 'stderr' && atMs <= endedMs ? [`${line}\n`] : []))
    .join('')
    .slice(-mostLastWords);
}
