import type { Clock } from '../../clock/index.ts';
import { EngineError } from '../errors.ts';
import type {
  CpuLimit,
  LogLine,
  RunningUnit,
  StartMarks,
  UnitEvent,
  UnitFacts,
  UnitStart,
  UnitStats,
  UnitStatus,
} from '../types.ts';
import type { FakeAnswer, FakeHost, FakeProgram, FakeProgramMaker, FakeRequest, Silence } from './program.ts';
import type { Calls } from './script.ts';

/** What things take on the fake engine, ms. */
export const FAKE_TIMES = {
  createMs: 7,
  startMs: 180,
  bootMs: 120,
  databaseMs: 90,
  restartMs: 300,
  buildMs: 400,
  siteMs: 70,
};

type State = UnitStatus['state'] | 'removed';

/** A unit whose process is a program of the test's. */
export class FakeUnit implements RunningUnit {
  readonly name: string;
  readonly instance: number;
  readonly modules: readonly string[];
  readonly marks: StartMarks;
  readonly serviceUrl: string;
  readonly controlUrl: string;
  readonly publishedUrl: string | null;
  readonly #start: UnitStart;
  readonly #surroundings: FakeUnitSurroundings;
  readonly #logs: LogLine[] = [];
  readonly #listeners = new Set<(line: LogLine) => void>();
  #state: State = 'stopped';
  #program: FakeProgram | null = null;
  #upAtMs = Infinity;
  #startedAtMs: number | null = null;
  #restarts = 0;
  #runs = 0;
  #outOfMemory = false;
  #exitCode: number | null = null;
  #cpuSeconds = 0;
  #connected = true;
  #cpuLimit: number | null = null;
  #forgetRestart: () => void = () => undefined;

  constructor(start: UnitStart, surroundings: FakeUnitSurroundings) {
    this.#start = start;
    this.#surroundings = surroundings;
    this.name = start.unit.name;
    this.instance = start.instance ?? 0;
    this.modules = start.unit.modules;
    this.marks = surroundings.marks;
    this.serviceUrl = surroundings.serviceUrl;
    this.controlUrl = surroundings.controlUrl;
    this.publishedUrl = start.published ? `http://127.0.0.1:${start.publishedPort || 40_000}` : null;
    this.#run('start');
  }

  /** The answer to a request that reaches the unit, or why there is none. */
  ask(request: FakeRequest): FakeAnswer | Silence {
    if (!this.#connected) return 'timeout';
    if (this.#state === 'paused') return 'timeout';
    if (this.#state !== 'running' || this.#program === null) return 'refused';
    if (this.#surroundings.clock.monotonicMs() < this.#upAtMs) return 'refused';
    return this.#program.handle(request);
  }

  get removed(): boolean {
    return this.#state === 'removed';
  }

  /** Cores that it is held to; null without a limit. */
  get cpuLimit(): number | null {
    return this.#cpuLimit;
  }

  spend(cpuSeconds: number): void {
    this.#cpuSeconds += cpuSeconds;
  }

  /** Its program writes a line to its log, unless there is none at work. */
  say(line: string): void {
    if (this.#state === 'running' && this.#program !== null) this.#log(line);
  }

  async stats(signal?: AbortSignal): Promise<UnitStats> {
    await this.#play('stats', signal);
    const running = this.#state === 'running' || this.#state === 'paused';
    return {
      atMs: this.#surroundings.engineNowMs(),
      cpuSeconds: this.#cpuSeconds,
      memoryBytes: running ? 32 * 2 ** 20 : null,
      networkReceivedBytes: 0,
      networkSentBytes: 0,
    };
  }

  async status(signal?: AbortSignal): Promise<UnitStatus> {
    await this.#play('status', signal);
    return {
      state: this.#state === 'removed' ? 'stopped' : this.#state,
      restarts: this.#restarts,
      outOfMemory: this.#outOfMemory,
      exitCode: this.#exitCode,
      startedAtMs: this.#startedAtMs,
      cpuLimitCores: this.#cpuLimit,
    };
  }

  async facts(signal?: AbortSignal): Promise<UnitFacts> {
    await this.#play('facts', signal);
    const { artifact, environment, memoryBytes } = this.#start;
    return {
      image: artifact.reference,
      builtAs: artifact.reference,
      base: 'base',
      cpus: this.#surroundings.cpus,
      memoryBytes,
      ...{ cpuQuota: 0, processes: 256, swapBytes: 0 },
      user: '1000:1000',
      heals: true,
      environment,
      ...this.#surroundings.facts?.(this.name, this),
    };
  }

  async recentLogs(lines: number): Promise<LogLine[]> {
    await this.#play('logs');
    return this.#logs.slice(-lines);
  }

  onLog(listener: (line: LogLine) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async kill(signal?: AbortSignal): Promise<void> {
    await this.#play('kill', signal);
    this.#forgetRestart();
    this.#end(137, 'stopped');
  }

  async start(signal?: AbortSignal): Promise<void> {
    await this.#play('start', signal);
    if (this.#state !== 'stopped') return;
    // As Docker does.
    this.#restarts = 0;
    this.#run('start');
  }

  async pause(signal?: AbortSignal): Promise<void> {
    await this.#play('pause', signal);
    if (this.#state === 'paused') return;
    if (this.#state !== 'running') throw new EngineError('engine', `Unit "${this.name}" does not run`);
    this.#state = 'paused';
    this.#tell('pause');
  }

  async resume(signal?: AbortSignal): Promise<void> {
    await this.#play('resume', signal);
    if (this.#state !== 'paused') return;
    this.#state = 'running';
    this.#tell('resume');
  }

  async limitCpu(cores: number | null, { signal }: CpuLimit = {}): Promise<void> {
    await this.#play('limit-cpu', signal);
    if (cores !== null && cores < 0.01) throw new EngineError('too-much', 'At least 0.01 cores are needed');
    this.#cpuLimit = cores;
  }

  async disconnect(signal?: AbortSignal): Promise<void> {
    await this.#play('disconnect', signal);
    this.#connected = false;
  }

  async connect(signal?: AbortSignal): Promise<void> {
    await this.#play('connect', signal);
    this.#connected = true;
  }

  async remove(signal?: AbortSignal): Promise<void> {
    if (this.#state === 'removed') return;
    await this.#play('remove', signal);
    this.vanish();
  }

  /** Gone, whoever took it away. */
  vanish(): void {
    if (this.#state === 'removed') return;
    this.#forgetRestart();
    this.#program = null;
    this.#state = 'removed';
    this.#surroundings.onRemoved(this);
  }

  async #play(call: Parameters<Calls['play']>[0], signal?: AbortSignal): Promise<void> {
    await this.#surroundings.calls.play(call, { unit: this.name, signal });
  }

  #run(kind: 'start' | 'restart'): void {
    const { clock, make } = this.#surroundings;
    this.#state = 'running';
    this.#startedAtMs = this.#surroundings.engineNowMs();
    this.#upAtMs = clock.monotonicMs() + FAKE_TIMES.bootMs;
    this.#cpuSeconds = 0;
    this.#exitCode = null;
    this.#program = make(this.#start, this.#host());
    this.#tell(kind);
  }

  #host(): FakeHost {
    this.#runs += 1;
    const run = this.#runs;
    return {
      log: (line) => {
        if (run === this.#runs && this.#state !== 'removed' && this.#state !== 'stopped') this.#log(line);
      },
      spend: (cpuSeconds) => this.spend(cpuSeconds),
      exit: (code, reason) => {
        if (this.#state !== 'running') return;
        if (reason === 'oom') {
          this.#outOfMemory = true;
          this.#tell('oom');
        }
        this.#end(code, 'restarting');
        this.#forgetRestart = this.#surroundings.clock.after(FAKE_TIMES.restartMs, () => {
          this.#restarts += 1;
          this.#run('restart');
        });
      },
    };
  }

  #end(code: number, state: State): void {
    if (this.#state === 'removed' || this.#state === 'stopped') return;
    this.#state = state;
    this.#exitCode = code;
    this.#program = null;
    this.#tell('die', code);
  }

  #log(line: string): void {
    const entry: LogLine = { atMs: this.#surroundings.engineNowMs(), stream: 'stdout', line };
    this.#logs.push(entry);
    for (const listener of this.#listeners) listener(entry);
  }

  #tell(kind: UnitEvent['kind'], exitCode: number | null = null): void {
    const [atMs, seenAtMs] = [this.#surroundings.engineNowMs(), this.#surroundings.clock.nowMs()];
    this.#surroundings.onEvent({ unit: this.name, instance: this.instance, kind, atMs, seenAtMs, exitCode });
  }
}

export interface FakeUnitSurroundings {
  clock: Clock;
  /** The engine's clock, ms since the epoch. */
  readonly engineNowMs: () => number;
  calls: Calls;
  make: FakeProgramMaker;
  /** What of a unit is otherwise than was asked for. */
  /** What all units are held to, as the engine writes it. */
  cpus: string;
  facts?: (unit: string, running: object) => Partial<UnitFacts>;
  marks: StartMarks;
  serviceUrl: string;
  controlUrl: string;
  onEvent(event: UnitEvent): void;
  onRemoved(unit: FakeUnit): void;
}
