import { randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import { languageOf, type Language } from '../../model/index.ts';
import { Busy } from '../busy.ts';
import { closeOnFailure, onceDone } from '../closing.ts';
import { DATABASE, ROLE, serverArguments, type LauncherOrder } from '../database/index.ts';
import { EngineError } from '../errors.ts';
import { Front } from '../front.ts';
import { instanceName, instanceTitle } from '../instance.ts';
import { LABEL } from '../labels.ts';
import { Listeners } from '../listeners.ts';
import { releasePorts, reservePorts } from '../ports.ts';
import type {
  CompanionProcess,
  DatabaseAddress,
  DatabaseStart,
  InstanceAddress,
  RunningUnit,
  Site,
  SiteOptions,
  UnitEvent,
  UnitStart,
} from '../types.ts';
import { LIMIT_MS, engineCall } from './call.ts';
import { startCompanion } from './companion.ts';
import { CONTROL_PORT, DATA_DIRECTORY, SERVICE_PORT } from './container-body.ts';
import { createContainer } from './create.ts';
import { DATABASE_DIRECTORY, PROGRAMS_DIRECTORY } from './database-image.ts';
import type { ContainerEvent } from './events.ts';
import type { BaseLayers } from './look.ts';
import { attach, createNetworks } from './networks.ts';
import type { SiteNetworks } from './networks.ts';
import { removeContainer, removeLabelled } from './remove.ts';
import { DockerUnit } from './unit.ts';
import { createVolume } from './volumes.ts';
import { SiteWatch } from './watch.ts';

const UNIT_PIDS = 256;
const PORT_ATTEMPTS = 4;

/** What a site needs of its runtime. */
export interface SiteHost {
  docker: Docker;
  labels: Record<string, string>;
  /** What units of that language stand on. */
  baseOf: (language: Language) => Promise<BaseLayers>;
  oneShotStats: boolean;
  cpuSet: boolean;
  /** Whether the engine can keep a published network from leading out. */
  closedEdge: boolean;
  companionImage(program: Uint8Array, signal: AbortSignal | undefined): Promise<string>;
  onClosed(site: DockerSite): void;
}

function volumeName(siteId: string, unit: string): string {
  return `cleave-${siteId}-${unit}-data`;
}

/** Whatever has an address and a volume. */
const namesIn = ({ units, databases = [] }: SiteOptions): string[] => [...units, ...databases];

function throwFirstFailure(outcomes: readonly PromiseSettledResult<unknown>[]): void {
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/** A site on a container engine. */
export class DockerSite implements Site {
  readonly id: string;
  readonly #host: SiteHost;
  readonly #options: SiteOptions;
  readonly #networks: SiteNetworks;
  readonly #units = new Map<string, DockerUnit>();
  readonly #companions = new Set<CompanionProcess>();
  readonly #listeners = new Listeners<UnitEvent>();
  readonly #wishedStarts = new Set<string>();
  readonly #ending = new AbortController();
  readonly #busy = new Busy();
  readonly #watch: SiteWatch;
  /** Of published instances, by name: each has its own for the whole life of the site, so that it answers there again after a crash. */
  readonly #ports = new Map<string, number>();
  readonly #front = new Front();
  #generation = 0;
  #closing = false;

  private constructor(id: string, host: SiteHost, options: SiteOptions, networks: SiteNetworks) {
    this.id = id;
    this.#host = host;
    this.#options = options;
    this.#networks = networks;
    this.#watch = new SiteWatch(host.docker, id, this.#ending.signal, (event) => this.#onEvent(event));
    for (const { name, network } of [networks.inside, networks.edge]) this.#watch.expectNetwork(network.id, name);
  }

  static async open(host: SiteHost, options: SiteOptions): Promise<DockerSite> {
    const id = randomBytes(4).toString('hex');
    const labels = { ...host.labels, [LABEL.site]: id };
    const open = async (): Promise<DockerSite> => {
      const creating = createNetworks(host.docker, id, { labels, closedEdge: host.closedEdge });
      // All of them have ended, well or not, before a failure or a cancel is acted on: what is still being made cannot be removed.
      await Promise.allSettled([
        creating,
        ...namesIn(options).map((unit) => createVolume(host.docker, volumeName(id, unit), labels)),
      ]).then(throwFirstFailure);
      options.signal?.throwIfAborted();
      const networks = await creating;
      const site = new DockerSite(id, host, options, networks);
      await site.#watch.start();
      return site;
    };
    // What one call made while another failed goes with the lease if not here.
    return closeOnFailure(open, () => removeLabelled(host.docker, [`${LABEL.site}=${id}`]));
  }

  /** What units and agent share. */
  get network(): string {
    return this.#networks.inside.name;
  }

  get vanished(): AbortSignal {
    return this.#watch.vanished;
  }

  async assertThere(): Promise<void> {
    if (!this.#closing) await this.#watch.look();
  }

  get units(): readonly RunningUnit[] {
    return [...this.#units.values()];
  }

  addressOf(unit: string): InstanceAddress {
    return this.#addressOf(unit, 0);
  }

  async addressOfInstance(unit: string, instance: number): Promise<InstanceAddress> {
    return this.#addressOf(unit, instance);
  }

  #addressOf(unit: string, instance: number): InstanceAddress {
    const names = namesIn(this.#options);
    if (!names.includes(unit))
      throw new EngineError('not-found', `The site has no unit "${unit}"; it has ${names.join(', ')}`);
    const name = instanceName(unit, instance);
    return {
      serviceUrl: `http://${name}:${SERVICE_PORT}`,
      controlUrl: `http://${name}:${CONTROL_PORT}`,
      listen: { host: '0.0.0.0', port: SERVICE_PORT },
      control: { host: '0.0.0.0', port: CONTROL_PORT },
    };
  }

  lead(instances: readonly RunningUnit[]): void {
    const ports = instances.flatMap((unit) => this.#ports.get(instanceName(unit.name, unit.instance)) ?? []);
    this.#front.lead(ports);
  }

  readonly dataDirectory = (): string => DATA_DIRECTORY;

  onUnitEvent(listener: (event: UnitEvent) => void): () => void {
    return this.#listeners.add(listener);
  }

  startCompanion(program: Uint8Array, signal?: AbortSignal): Promise<CompanionProcess> {
    return this.#busy.while(() => this.#startCompanion(program, signal));
  }

  startUnit(start: UnitStart, signal?: AbortSignal): Promise<RunningUnit> {
    return this.#busy.while(() => this.#startUnit(start, signal));
  }

  databaseAddress(name: string): DatabaseAddress {
    this.#addressOf(name, 0);
    return { host: name, port: SERVICE_PORT, user: ROLE, name: DATABASE };
  }

  startDatabase(start: DatabaseStart, signal?: AbortSignal): Promise<RunningUnit> {
    const { name, artifact, memoryBytes } = start;
    const { listen } = this.#addressOf(name, 0);
    const order: LauncherOrder = {
      programs: PROGRAMS_DIRECTORY,
      data: DATABASE_DIRECTORY,
      arguments: serverArguments(listen, start),
      ...{ role: ROLE, database: DATABASE, password: start.password },
      user: null,
      replaces: true,
    };
    return this.startUnit(
      {
        unit: { name, modules: [] },
        ...{ artifact, memoryBytes, published: false },
        environment: { CLEAVE_DATABASE: JSON.stringify(order) },
      },
      signal,
    );
  }

  async #startCompanion(program: Uint8Array, signal?: AbortSignal): Promise<CompanionProcess> {
    this.#assertOpen();
    const image = await this.#host.companionImage(program, signal);
    const companion = await startCompanion(
      this.#host.docker,
      {
        siteId: this.id,
        image,
        labels: this.#host.labels,
        cpus: this.#host.cpuSet ? (this.#options.cpus?.generator ?? null) : null,
        network: this.#networks.inside.name,
        onCreated: (container) => this.#watch.expectContainer(container, 'of the agent'),
        onRemoving: (container) => this.#watch.release(container),
      },
      signal,
    );
    this.#companions.add(companion);
    return companion;
  }

  async #startUnit(start: UnitStart, signal?: AbortSignal): Promise<RunningUnit> {
    this.#assertOpen();
    const instance = start.instance ?? 0;
    const name = instanceName(start.unit.name, instance);
    const title = instanceTitle(start.unit.name, instance);
    if (this.#units.has(name)) throw new EngineError('engine', `There is ${title} already; remove it first`);
    const calledAt = performance.now();
    const address = this.#addressOf(start.unit.name, instance);
    const publishedUrl = start.published ? await this.#front.at(start.publishedPort ?? 0) : null;
    for (let attempt = 1; ; attempt += 1) {
      const port = publishedUrl === null ? null : await this.#portOf(name);
      try {
        const unit = await this.#start(start, address, { instance, port, publishedUrl, calledAt }, signal);
        if (port !== null && instance === 0) this.#front.lead([port]);
        return unit;
      } catch (error) {
        const clash = port !== null && error instanceof EngineError && error.kind === 'port-taken';
        if (!clash || attempt >= PORT_ATTEMPTS) throw error;
        // Somebody took the free port between the look and the start: another one.
        this.#ports.delete(name);
      }
    }
  }

  async #start(
    start: UnitStart,
    address: InstanceAddress,
    how: { instance: number; port: number | null; publishedUrl: string | null; calledAt: number },
    signal: AbortSignal | undefined,
  ): Promise<RunningUnit> {
    const { docker, labels } = this.#host;
    const { modules } = start.unit;
    const { instance, port, calledAt } = how;
    const name = instanceName(start.unit.name, instance);
    const title = instanceTitle(start.unit.name, instance);
    const { inside, edge } = this.#networks;
    this.#generation += 1;
    const createStartMs = performance.now() - calledAt;
    const container = await createContainer(
      docker,
      {
        name: `cleave-${this.id}-${name}-${this.#generation}`,
        image: start.artifact.reference,
        language: languageOf(start.unit),
        environment: start.environment,
        labels: { ...labels, [LABEL.site]: this.id, [LABEL.unit]: start.unit.name, [LABEL.instance]: `${instance}` },
        memoryBytes: start.memoryBytes,
        cpus: this.#host.cpuSet ? (this.#options.cpus?.application ?? null) : null,
        pids: UNIT_PIDS,
        // The published port belongs to the first network.
        network: port === null ? { name: inside.name, aliases: [name] } : { name: edge.name, aliases: [] },
        heals: true,
        dataVolume: volumeName(this.id, start.unit.name),
        publishedPort: port,
        interactive: false,
      },
      signal,
    );
    this.#watch.expectContainer(container.id, `of ${title}`);
    const begin = async (): Promise<DockerUnit> => {
      if (port !== null) await attach(inside.network, container.id, [name], signal);
      const createdMs = performance.now() - calledAt;
      this.#wishedStarts.add(container.id);
      await engineCall(`Starting ${title}`, LIMIT_MS.change, signal, (abortSignal) => container.start({ abortSignal }));
      const marks = { createStartMs, createdMs, startedMs: performance.now() - calledAt };
      const unit = new DockerUnit(
        {
          docker,
          networks: this.#networks,
          base: onceDone(() => this.#host.baseOf(languageOf(start.unit))),
          oneShotStats: this.#host.oneShotStats,
          onRemoved: (gone) => void (this.#units.get(name) === gone && this.#units.delete(name)),
          expectStart: (id) => {
            this.#wishedStarts.add(id);
            this.#watch.wishRunning(id, true);
          },
          expectEnd: (id) => this.#watch.wishRunning(id, false),
          expectRemoval: (id) => this.#watch.release(id),
        },
        container,
        {
          name: start.unit.name,
          instance,
          modules,
          marks,
          serviceUrl: address.serviceUrl,
          controlUrl: address.controlUrl,
          publishedUrl: how.publishedUrl,
        },
      );
      this.#units.set(name, unit);
      return unit;
    };
    return closeOnFailure(begin, () => {
      this.#watch.release(container.id);
      return removeContainer(docker, container, `of ${title}`);
    });
  }

  readonly close = onceDone(() => this.#close());

  async #close(): Promise<void> {
    this.#closing = true;
    this.#ending.abort();
    await this.#busy.settled();
    for (const unit of this.#units.values()) unit.logs.close();
    // First what is this program's own: an engine that is gone removes nothing, and a port that listens would keep the program alive.
    await this.#front.close();
    await Promise.allSettled([...this.#companions].map((companion) => companion.stop()));
    try {
      await removeLabelled(this.#host.docker, [`${LABEL.site}=${this.id}`]);
    } finally {
      // What would not go is the reaper's, which has more time: the runtime's end does not wait for it once more.
      this.#host.onClosed(this);
    }
    this.#units.clear();
    releasePorts([...this.#ports.values()]);
  }

  async #portOf(name: string): Promise<number> {
    const known = this.#ports.get(name);
    if (known !== undefined) return known;
    const [port = 0] = await reservePorts(1);
    this.#ports.set(name, port);
    return port;
  }

  #assertOpen(): void {
    if (this.#closing) throw new EngineError('engine', 'The site is closed');
  }

  #onEvent(event: ContainerEvent): void {
    const { unit, instance } = event;
    const kind = this.#kindOf(event);
    if (kind === null || unit === null) return;
    if (kind === 'restart' || kind === 'start') this.#units.get(instanceName(unit, instance))?.logs.resume();
    this.#listeners.emit({
      unit,
      instance,
      kind,
      atMs: event.atMs,
      seenAtMs: Date.now(),
      exitCode: kind === 'die' ? event.exitCode : null,
    });
  }

  #kindOf(event: ContainerEvent): UnitEvent['kind'] | null {
    switch (event.action) {
      case 'start':
        return this.#wishedStarts.delete(event.containerId) ? 'start' : 'restart';
      case 'die':
      case 'oom':
      case 'pause':
        return event.action;
      case 'unpause':
        return 'resume';
      default:
        return null;
    }
  }
}
