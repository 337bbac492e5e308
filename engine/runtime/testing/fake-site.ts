import type { Clock } from '../../clock/index.ts';
import { DATABASE_IS_UP } from '../database/index.ts';
import { EngineError } from '../errors.ts';
import { instanceName, instanceTitle } from '../instance.ts';
import type {
  UnitFacts,
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
import { Vanished } from '../vanished.ts';
import { FAKE_TIMES, FakeUnit } from './fake-unit.ts';
import type { FakeNetwork, FakeProgramMaker } from './program.ts';
import type { Calls } from './script.ts';

export interface FakeSiteSurroundings {
  clock: Clock;
  /** The engine's clock, ms since the epoch. */
  engineNowMs: () => number;
  calls: Calls;
  makeProgram: FakeProgramMaker;
  /** What of a unit is otherwise than was asked for. */
  facts?: (unit: string, running: object) => Partial<UnitFacts>;
  makeCompanion: (network: FakeNetwork, units: () => readonly FakeUnit[]) => CompanionProcess;
  onClosed(site: FakeSite): void;
}

const SERVICE_PORT = 8080;
const CONTROL_PORT = 9090;

let sites = 0;

export class FakeSite implements Site {
  readonly #options: SiteOptions;
  readonly #surroundings: FakeSiteSurroundings;
  readonly #units: FakeUnit[] = [];
  readonly #listeners = new Set<(event: UnitEvent) => void>();
  #companion: CompanionProcess | null = null;
  readonly #vanished = new Vanished();
  #closed = false;
  readonly #number = (sites += 1);
  /** Instances of the published unit that people are led to. */
  led: number[] = [0];

  constructor(options: SiteOptions, surroundings: FakeSiteSurroundings) {
    this.#options = options;
    this.#surroundings = surroundings;
  }

  get units(): readonly RunningUnit[] {
    return this.#units;
  }

  get vanished(): AbortSignal {
    return this.#vanished.signal;
  }

  async assertThere(): Promise<void> {
    this.vanished.throwIfAborted();
  }

  /** Takes everything away, as another program would. */
  steal(): void {
    for (const unit of [...this.#units]) unit.vanish();
    this.#vanished.tell(['everything']);
  }

  /** What is still there of it. */
  get left(): string[] {
    const names = this.#units.map(({ name, instance }) => `unit ${instanceName(name, instance)}`);
    return [...names, ...(this.#companion === null ? [] : ['companion'])];
  }

  /** Of this site alone: what lies there outlives a unit's process, and its instances share it. */
  readonly dataDirectory = (unit: string): string => `/data/${this.#number}/${unit}`;

  addressOf(unit: string, instance = 0): InstanceAddress {
    const name = instanceName(unit, instance);
    return {
      serviceUrl: `http://${name}:${SERVICE_PORT}`,
      controlUrl: `http://${name}:${CONTROL_PORT}`,
      listen: { host: '0.0.0.0', port: SERVICE_PORT },
      control: { host: '0.0.0.0', port: CONTROL_PORT },
    };
  }

  async addressOfInstance(unit: string, instance: number): Promise<InstanceAddress> {
    if (!this.#options.units.includes(unit))
      throw new EngineError('not-found', `The site has no unit "${unit}"; it has ${this.#options.units.join(', ')}`);
    return this.addressOf(unit, instance);
  }

  lead(instances: readonly RunningUnit[]): void {
    this.led = instances.map(({ instance }) => instance);
  }

  async startCompanion(_program: Uint8Array, signal?: AbortSignal): Promise<CompanionProcess> {
    await this.#surroundings.calls.play('start-companion', { signal });
    const companion = this.#surroundings.makeCompanion({ ask: this.#ask }, () => this.#units);
    this.#companion = companion;
    void companion.exited.then(() => {
      if (this.#companion === companion) this.#companion = null;
    });
    return companion;
  }

  databaseAddress(name: string): DatabaseAddress {
    if (this.#options.databases?.includes(name) !== true)
      throw new EngineError('not-found', `The site has no unit "${name}"; it has ${this.#names.join(', ')}`);
    return { host: name, port: 5432, user: 'application', name: 'postgres' };
  }

  async startDatabase(start: DatabaseStart, signal?: AbortSignal): Promise<RunningUnit> {
    const { name, artifact, memoryBytes } = start;
    this.databaseAddress(name);
    const unit = { unit: { name, modules: [] }, artifact, memoryBytes, published: false, environment: {} };
    return this.#start(unit, 'start-database', this.#makeDatabase, signal);
  }

  /** Says that it is up a little after each start. */
  readonly #makeDatabase: FakeProgramMaker = (_start, host) => {
    this.#surroundings.clock.after(FAKE_TIMES.databaseMs, () => host.log(DATABASE_IS_UP));
    return { handle: () => 'timeout' };
  };

  get #names(): string[] {
    return [...this.#options.units, ...(this.#options.databases ?? [])];
  }

  startUnit(start: UnitStart, signal?: AbortSignal): Promise<RunningUnit> {
    return this.#start(start, 'start-unit', this.#surroundings.makeProgram, signal);
  }

  async #start(
    start: UnitStart,
    call: 'start-unit' | 'start-database',
    make: FakeProgramMaker,
    signal: AbortSignal | undefined,
  ): Promise<RunningUnit> {
    const { clock, calls } = this.#surroundings;
    const calledAt = clock.monotonicMs();
    const { instance = 0, unit: asked } = start;
    const title = instanceTitle(asked.name, instance);
    if (this.#units.some((unit) => unit.name === asked.name && unit.instance === instance))
      throw new EngineError('engine', `There is ${title} already; remove it first`);
    await calls.play(call, { unit: asked.name, signal });
    await clock.delay(FAKE_TIMES.createMs, signal);
    const createdMs = clock.monotonicMs() - calledAt;
    await clock.delay(FAKE_TIMES.startMs, signal);
    const unit = new FakeUnit(start, {
      clock,
      calls,
      make,
      cpus: this.#options.cpus?.application.join(',') ?? '',
      facts: this.#surroundings.facts,
      engineNowMs: () => this.#surroundings.engineNowMs(),
      marks: { createStartMs: 0, createdMs, startedMs: clock.monotonicMs() - calledAt },
      ...this.addressOf(asked.name, instance),
      onEvent: (event) => {
        for (const listener of this.#listeners) listener(event);
      },
      onRemoved: (gone) => {
        this.#units.splice(this.#units.indexOf(gone), 1);
      },
    });
    this.#units.push(unit);
    if (start.published && instance === 0) this.led = [0];
    return unit;
  }

  onUnitEvent(listener: (event: UnitEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    await this.#surroundings.calls.play('close-site');
    this.#closed = true;
    await this.#companion?.stop();
    for (const unit of [...this.#units]) unit.vanish();
    this.#surroundings.onClosed(this);
  }

  readonly #ask: FakeNetwork['ask'] = (url, request) => {
    const { hostname, port, pathname, search } = new URL(url);
    const unit = this.#units.find(({ name, instance }) => instanceName(name, instance) === hostname);
    if (unit === undefined || !this.#options.units.includes(unit.name)) return 'refused';
    return unit.ask({ ...request, path: `${pathname}${search}`, control: Number(port) === CONTROL_PORT });
  };
}
