import { randomUUID } from 'node:crypto';
import { constants } from 'node:os';
import { posix } from 'node:path';
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
import { Relay, relayProgram } from './relay/index.ts';

const memoryBytes = 512 * 1024 * 1024;
const mostLines = 50;
const mostLastWords = 2000;
/** What shells and engines add to the number of a signal that ended a process. */
const endedBySignal = 128;

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

/** Every start is an instance of its own, so that several can be there at once. */
class Units {
  readonly #site: Site;
  readonly #relay: Relay;
  readonly #module: string;
  readonly #signal: AbortSignal;
  readonly #deaths = new Map<number, (death: { atMs: number; exitCode: number | null }) => void>();
  #instances = 0;

  constructor(site: Site, relay: Relay, module: string, signal: AbortSignal) {
    this.#site = site;
    this.#relay = relay;
    this.#module = module;
    this.#signal = signal;
    site.onUnitEvent(({ kind, instance, atMs, exitCode }) => {
      if (kind === 'die') this.#deaths.get(instance)?.({ atMs, exitCode });
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
    const died = new Promise<{ atMs: number; exitCode: number | null }>((resolve) => {
      this.#deaths.set(instance, resolve);
    });
    const running = await this.#site.startUnit(
      {
        ...{ unit: unitOf(this.#module, language), instance, artifact, memoryBytes, published: false },
        environment: configuration === undefined ? {} : { CLEAVE_UNIT: configuration },
      },
      this.#signal,
    );
    return {
      ended: died.then((death) => endingOf(running, death)),
      signal: (name) => {
        // A request that the engine does not take shows as a unit that does not end.
        void (name === 'SIGKILL' ? running.kill() : running.remove()).catch(() => undefined);
      },
      usage: async () => {
        const { atMs, cpuSeconds, memoryBytes: residentBytes } = await running.stats();
        if (cpuSeconds === null || residentBytes === null)
          throw new Error('the engine does not tell how much CPU and memory the container uses');
        return { atMs, takenMs: cpuSeconds * 1000, inLineMs: null, residentBytes };
      },
    };
  }
}

/** How its process ended the first time; the engine would start it again, which is called off. */
async function endingOf(
  running: RunningUnit,
  { atMs, exitCode }: { atMs: number; exitCode: number | null },
): Promise<Ending> {
  const lines = await running.recentLogs(mostLines).catch(() => []);
  await running.remove().catch(() => undefined);
  const lastWords = lines
    .flatMap((line) => (line.stream === 'stderr' && line.atMs <= atMs ? [`${line.line}\n`] : []))
    .join('')
    .slice(-mostLastWords);
  const [signal] = Object.entries(constants.signals).find(([, number]) => number + endedBySignal === exitCode) ?? [
    null,
  ];
  return { code: signal === null ? exitCode : null, signal, lastWords };
}
