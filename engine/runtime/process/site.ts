import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { launchOf } from '../../languages/index.ts';
import { languageOf } from '../../model/index.ts';
import { Busy } from '../busy.ts';
import { closeOnFailure, onceDone } from '../closing.ts';
import { DATABASE, LAUNCHER_PROGRAM, ROLE, type LauncherOrder } from '../database/index.ts';
import { delay } from '../deadline.ts';
import { EngineError, writeProblem } from '../errors.ts';
import { Front } from '../front.ts';
import { instanceName, instanceTitle } from '../instance.ts';
import type { Ownership } from '../labels.ts';
import { Listeners } from '../listeners.ts';
import { formatOwner } from '../owner.ts';
import { releasePorts, reservePorts } from '../ports.ts';
import { processStart } from '../this-system.ts';
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
import { nodeCommand, unitCommand, type Command, type GuardedNode } from './command.ts';
import { chooseHome, orderIn, removeHome, type DatabaseHome } from './database-home.ts';
import { signalGroup } from './group.ts';
import { GUARD_PROGRAM } from './guard.ts';
import { removeRecord, writeRecord } from './record.ts';
import { removeSiteFolder, siteFolder } from './site-folder.ts';
import { spawnChild } from './spawn.ts';
import { ProcessUnit } from './unit.ts';
import { ProcessSiteWatch } from './watch.ts';

const STOP_GRACE_MS = 1000;

export interface ProcessSiteHost {
  nodePath: string;
  stateDir: string;
  workDir: string;
  tasksetPath: string | null;
  ownership: Ownership;
  onClosed(site: ProcessSite): void;
}

/** A site on this machine's own processes. */
export class ProcessSite implements Site {
  readonly #id: string;
  readonly #host: ProcessSiteHost;
  readonly #options: SiteOptions;
  readonly #directory: string;
  /** By name of the instance. */
  readonly #addresses: Map<string, InstanceAddress>;
  readonly #ports: number[];
  readonly #units = new Map<string, ProcessUnit>();
  readonly #companions = new Set<CompanionProcess>();
  readonly #listeners = new Listeners<UnitEvent>();
  readonly #processes = new Map<number, string>();
  readonly #front = new Front();
  readonly #busy = new Busy();
  readonly #watch: ProcessSiteWatch;
  /** Of its servers of the store; null until there is one. */
  #home: DatabaseHome | null = null;
  #closing = false;
  #recorded = false;

  private constructor(id: string, host: ProcessSiteHost, options: SiteOptions, ports: number[]) {
    this.#id = id;
    this.#host = host;
    this.#options = options;
    this.#ports = ports;
    this.#directory = siteFolder(host.workDir, id);
    this.#watch = new ProcessSiteWatch(host, id);
    this.#addresses = new Map(
      namesIn(options).map((unit, index) => [unit, addressAt(ports[index * 2] ?? 0, ports[index * 2 + 1] ?? 0)]),
    );
  }

  static async open(host: ProcessSiteHost, options: SiteOptions): Promise<ProcessSite> {
    options.signal?.throwIfAborted();
    const ports = await reservePorts(namesIn(options).length * 2);
    const site = new ProcessSite(randomBytes(4).toString('hex'), host, options, ports);
    const prepare = async (): Promise<ProcessSite> => {
      site.#record();
      await Promise.all(options.units.map((unit) => mkdir(site.dataDirectory(unit), { recursive: true })));
      await mkdir(site.#directory, { recursive: true });
      await writeFile(site.#guardPath, GUARD_PROGRAM);
      site.#watch.start();
      return site;
    };
    return closeOnFailure(prepare, () => site.close()).catch((error: unknown) => {
      throw writeProblem('engine', 'Making the folders of a deployment', error);
    });
  }

  get vanished(): AbortSignal {
    return this.#watch.vanished;
  }

  async assertThere(): Promise<void> {
    this.#watch.look();
    this.vanished.throwIfAborted();
  }

  get units(): readonly RunningUnit[] {
    return [...this.#units.values()];
  }

  addressOf(unit: string): InstanceAddress {
    const address = this.#addresses.get(unit);
    if (!address) throw this.#unknown(unit);
    return address;
  }

  async addressOfInstance(unit: string, instance: number): Promise<InstanceAddress> {
    if (!namesIn(this.#options).includes(unit)) throw this.#unknown(unit);
    const name = instanceName(unit, instance);
    const known = this.#addresses.get(name);
    if (known) return known;
    const [service = 0, control = 0] = await reservePorts(2);
    this.#ports.push(service, control);
    const address = addressAt(service, control);
    this.#addresses.set(name, address);
    return address;
  }

  lead(instances: readonly RunningUnit[]): void {
    const ports = instances.map(({ serviceUrl }) => Number(new URL(serviceUrl).port));
    this.#front.lead(ports);
  }

  #unknown(unit: string): EngineError {
    return new EngineError('not-found', `The site has no unit "${unit}"; it has ${namesIn(this.#options).join(', ')}`);
  }

  readonly dataDirectory = (unit: string): string => path.join(this.#directory, 'data', unit);

  onUnitEvent(listener: (event: UnitEvent) => void): () => void {
    return this.#listeners.add(listener);
  }

  startCompanion(program: Uint8Array, signal?: AbortSignal): Promise<CompanionProcess> {
    return this.#busy.while(() => this.#startCompanion(program, signal));
  }

  startUnit(start: UnitStart, signal?: AbortSignal): Promise<RunningUnit> {
    return this.#busy.while(() => this.#startUnit(start, signal));
  }

  databaseAddress(database: string): DatabaseAddress {
    const { host, port } = this.addressOf(database).listen;
    return { host, port, user: ROLE, name: DATABASE };
  }

  startDatabase(start: DatabaseStart, signal?: AbortSignal): Promise<RunningUnit> {
    return this.#busy.while(() => this.#startDatabase(start, signal));
  }

  async #startDatabase(start: DatabaseStart, signal?: AbortSignal): Promise<RunningUnit> {
    this.#assertOpen(signal);
    const { listen } = this.addressOf(start.name);
    const launcher = path.join(this.#directory, 'launcher.mjs');
    const place = async (): Promise<LauncherOrder> => {
      this.#home ??= await chooseHome(this.#directory, this.#id);
      // Known to whoever cleans up before it is there.
      this.#record();
      await writeFile(launcher, LAUNCHER_PROGRAM);
      return orderIn(this.#home, listen, start);
    };
    return this.#begin(
      { unit: { name: start.name, modules: [] }, published: false },
      async () => {
        const order = await place().catch((error: unknown) => {
          throw writeProblem('engine', 'Making the folder of a server of the store', error);
        });
        const environment = { ...ofNode, CLEAVE_DATABASE: JSON.stringify(order) };
        return () =>
          this.#spawn(nodeCommand(this.#node, launcher), environment, this.#options.cpus?.application ?? null, false);
      },
      { launches: true, signal },
    );
  }

  async #startCompanion(program: Uint8Array, signal?: AbortSignal): Promise<CompanionProcess> {
    this.#assertOpen(signal);
    const file = path.join(this.#directory, `agent-${randomBytes(3).toString('hex')}.mjs`);
    await writeFile(file, program).catch((error: unknown) => {
      throw writeProblem('engine', 'Writing the agent', error);
    });
    const child = await this.#spawn(nodeCommand(this.#node, file), ofNode, this.#options.cpus?.generator ?? null, true);
    const { stdin, stdout, stderr } = child;
    if (!stdin || !stdout || !stderr) throw new EngineError('engine', 'Starting the agent: it has no streams');
    stdin.on('error', () => {});
    const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    const companion: CompanionProcess = {
      stdin,
      stdout,
      stderr,
      exited,
      stop: async () => {
        stdin.end();
        // The end of its input asks it to end.
        await Promise.race([exited, delay(STOP_GRACE_MS)]);
        signalGroup(child.pid, 'SIGKILL');
        await exited;
      },
    };
    this.#companions.add(companion);
    return companion;
  }

  async #startUnit(start: UnitStart, signal?: AbortSignal): Promise<RunningUnit> {
    this.#assertOpen(signal);
    const language = languageOf(start.unit);
    const environment = { ...launchOf(language).environment(start.memoryBytes), ...start.environment };
    return this.#begin(
      start,
      async () => {
        const command = await unitCommand(this.#node, language, start.artifact.reference);
        return () => this.#spawn(command, environment, this.#options.cpus?.application ?? null, false);
      },
      { launches: false, signal },
    );
  }

  /** `prepare` gives what starts its process, now and after a crash. */
  async #begin(
    start: Pick<UnitStart, 'unit' | 'instance' | 'published' | 'publishedPort'>,
    prepare: () => Promise<() => Promise<ChildProcess & { pid: number }>>,
    { launches, signal }: { launches: boolean; signal: AbortSignal | undefined },
  ): Promise<RunningUnit> {
    const calledAt = performance.now();
    const { modules } = start.unit;
    const instance = start.instance ?? 0;
    const name = instanceName(start.unit.name, instance);
    const title = instanceTitle(start.unit.name, instance);
    const address = await this.addressOfInstance(start.unit.name, instance);
    const publishedUrl = start.published ? await this.#front.at(start.publishedPort ?? 0) : null;
    if (this.#units.has(name)) throw new EngineError('engine', `There is ${title} already; remove it first`);
    if (start.published && instance === 0) this.#front.lead([address.listen.port]);
    const createStartMs = performance.now() - calledAt;
    const prepared = prepare();
    const unit = new ProcessUnit({
      name: start.unit.name,
      ...{ instance, modules, launches, language: languageOf(start.unit) },
      serviceUrl: address.serviceUrl,
      controlUrl: address.controlUrl,
      publishedUrl,
      spawn: async () => {
        const spawn = await prepared;
        this.#assertOpen();
        return spawn();
      },
      onEvent: (event) => {
        if (this.#closing) return;
        if (event.kind === 'die') this.#watch.look();
        this.#listeners.emit(event);
      },
      onRemoved: (gone) => {
        if (this.#units.get(name) === gone) this.#units.delete(name);
        return Promise.resolve();
      },
    });
    this.#units.set(name, unit);
    const begin = async (): Promise<RunningUnit> => {
      await prepared;
      const createdMs = performance.now() - calledAt;
      await unit.start();
      signal?.throwIfAborted();
      unit.marks = { createStartMs, createdMs, startedMs: performance.now() - calledAt };
      return unit;
    };
    return closeOnFailure(begin, async () => {
      await unit.removeNow();
      this.#units.delete(name);
    });
  }

  readonly close = onceDone(() => this.#close());

  async #close(): Promise<void> {
    this.#closing = true;
    this.#watch.stop();
    await this.#busy.settled();
    await Promise.allSettled([
      ...[...this.#units.values()].map((unit) => unit.removeNow()),
      ...[...this.#companions].map((companion) => companion.stop()),
      this.#front.close(),
    ]);
    if (this.#home !== null) await removeHome(this.#home);
    await removeSiteFolder(this.#host.workDir, this.#id);
    removeRecord(this.#host.stateDir, this.#id);
    releasePorts(this.#ports);
    this.#host.onClosed(this);
  }

  async #spawn(
    command: Command,
    environment: Record<string, string>,
    cpus: readonly number[] | null,
    interactive: boolean,
  ): Promise<ChildProcess & { pid: number }> {
    const { tasksetPath } = this.#host;
    const child = await spawnChild({
      command,
      tasksetPath,
      cpus,
      workingDirectory: this.#directory,
      environment,
      interactive,
    });
    this.#processes.set(child.pid, '');
    child.once('exit', () => {
      this.#processes.delete(child.pid);
      if (!this.#closing && !this.vanished.aborted) this.#recordIfPossible();
    });
    try {
      this.#record();
    } catch (error) {
      // Nobody would find it after a crash.
      signalGroup(child.pid, 'SIGKILL');
      throw writeProblem('engine', `Noting what runs in ${this.#host.stateDir}`, error);
    }
    void this.#recordStart(child.pid);
    return child;
  }

  async #recordStart(pid: number): Promise<void> {
    const started = await processStart(pid);
    if (!this.#processes.has(pid) || this.#closing) return;
    this.#processes.set(pid, started);
    this.#recordIfPossible();
  }

  #record(): void {
    const { stateDir, ownership } = this.#host;
    if (this.#recorded) {
      // A record that somebody else took away is not written anew, or nobody would notice.
      this.#watch.look();
      if (this.vanished.aborted) return;
    }
    const { lease } = ownership;
    const owner = formatOwner(ownership.owner);
    const { session, run } = this.#options.run;
    const processes = [...this.#processes].map(([pid, started]) => ({ pid, started }));
    const home = this.#home === null || this.#home.user === null ? {} : { home: this.#home.folder };
    const place = { directory: this.#directory, ...home };
    writeRecord(stateDir, this.#id, { version: 1, session, run, owner, lease, ...place, processes });
    this.#recorded = true;
  }

  /** For what the record can do without: an older one still leads to everything that runs. */
  #recordIfPossible(): void {
    try {
      this.#record();
    } catch {
      // The disk is full, say; what needs the disk says so.
    }
  }

  get #node(): GuardedNode {
    return { nodePath: this.#host.nodePath, guardPath: this.#guardPath };
  }

  get #guardPath(): string {
    return path.join(this.#directory, 'guard.cjs');
  }

  #assertOpen(signal?: AbortSignal): void {
    signal?.throwIfAborted();
    if (this.#closing) throw new EngineError('engine', 'The site is closed');
  }
}

/** For programs of the laboratory's own. */
const ofNode = { NODE_ENV: 'production' };

/** Whatever has an address. */
const namesIn = ({ units, databases = [] }: SiteOptions): string[] => [...units, ...databases];

function addressAt(service: number, control: number): InstanceAddress {
  const host = '127.0.0.1';
  return {
    serviceUrl: `http://${host}:${service}`,
    controlUrl: `http://${host}:${control}`,
    listen: { host, port: service },
    control: { host, port: control },
  };
}
