import type { Clock } from '../../clock/index.ts';
import { EngineError } from '../errors.ts';
import type { UnitFacts, CompanionProcess, RunningUnit, Site, SiteOptions, UnitEvent, UnitStart } from '../types.ts';
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

export class FakeSite implements Site {
  readonly #options: SiteOptions;
  readonly #surroundings: FakeSiteSurroundings;
  readonly #units: FakeUnit[] = [];
  readonly #listeners = new Set<(event: UnitEvent) => void>();
  #companion: CompanionProcess | null = null;
  readonly #vanished = new Vanished();
  #closed = false;

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
    return [...this.#units.map(({ name }) => `unit ${name}`), ...(this.#companion === null ? [] : ['companion'])];
  }

  readonly dataDirectory = (unit: string): string => `/data/${unit}`;

  addressOf(unit: string) {
    return {
      serviceUrl: `http://${unit}:${SERVICE_PORT}`,
      controlUrl: `http://${unit}:${CONTROL_PORT}`,
      listen: { host: '0.0.0.0', port: SERVICE_PORT },
      control: { host: '0.0.0.0', port: CONTROL_PORT },
    };
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

  async startUnit(start: UnitStart, signal?: AbortSignal): Promise<RunningUnit> {
    const { clock, calls, makeProgram } = this.#surroundings;
    const calledAt = clock.monotonicMs();
    const { name } = start.unit;
    if (this.#units.some((unit) => unit.name === name))
      throw new EngineError('engine', `Unit "${name}" is running already; remove it first`);
    await calls.play('start-unit', { unit: name, signal });
    await clock.delay(FAKE_TIMES.createMs, signal);
    const createdMs = clock.monotonicMs() - calledAt;
    await clock.delay(FAKE_TIMES.startMs, signal);
    const unit = new FakeUnit(start, {
      clock,
      calls,
      make: makeProgram,
      cpus: this.#options.cpus?.application.join(',') ?? '',
      facts: this.#surroundings.facts,
      engineNowMs: () => this.#surroundings.engineNowMs(),
      marks: { createStartMs: 0, createdMs, startedMs: clock.monotonicMs() - calledAt },
      ...this.addressOf(start.unit.name),
      onEvent: (event) => {
        for (const listener of this.#listeners) listener(event);
      },
      onRemoved: (gone) => {
        this.#units.splice(this.#units.indexOf(gone), 1);
      },
    });
    this.#units.push(unit);
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
    const unit = this.#units.find(({ name }) => name === hostname);
    if (unit === undefined || !this.#options.units.includes(hostname)) return 'refused';
    return unit.ask({ ...request, path: `${pathname}${search}`, control: Number(port) === CONTROL_PORT });
  };
}
