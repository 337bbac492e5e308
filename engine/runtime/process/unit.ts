import type { ChildProcess } from 'node:child_process';
import { nextRestartWaitMs } from '../backoff.ts';
import { delay } from '../deadline.ts';
import { EngineError } from '../errors.ts';
import { Listeners } from '../listeners.ts';
import { LogBuffer, lineSplitter } from '../log-lines.ts';
import type { LogLine, RunningUnit, StartMarks, UnitEvent, UnitFacts, UnitStats, UnitStatus } from '../types.ts';
import { processFacts } from './facts.ts';
import { signalGroup } from './group.ts';
import { processUsage } from './stats.ts';

const STOP_GRACE_MS = 2000;
const LAST_WORDS_MS = 200;
/** What V8 writes before it aborts for want of heap. */
const OUT_OF_MEMORY = /heap out of memory/;

type Child = ChildProcess & { pid: number };

export interface ProcessUnitOptions {
  name: string;
  instance: number;
  modules: readonly string[];
  serviceUrl: string;
  controlUrl: string;
  publishedUrl: string | null;
  spawn(): Promise<Child>;
  onEvent(event: UnitEvent): void;
  onRemoved(unit: ProcessUnit): Promise<void>;
}

/** A unit as a child process, started again after a crash by the rule that Docker has. */
export class ProcessUnit implements RunningUnit {
  readonly name: string;
  readonly instance: number;
  readonly modules: readonly string[];
  readonly serviceUrl: string;
  readonly controlUrl: string;
  readonly publishedUrl: string | null;
  marks: StartMarks = { createStartMs: 0, createdMs: 0, startedMs: 0 };
  readonly #options: ProcessUnitOptions;
  readonly #log = new LogBuffer();
  readonly #logListeners = new Listeners<LogLine>();
  #child: Child | null = null;
  #ended: Promise<void> = Promise.resolve();
  #wantedUp = false;
  #paused = false;
  #removed = false;
  #startedAtMs: number | null = null;
  #restarts = 0;
  #waitMs: number | null = null;
  #restartTimer: NodeJS.Timeout | null = null;
  #exitCode: number | null = null;
  #outOfMemory = false;
  #heapWords = false;

  constructor(options: ProcessUnitOptions) {
    this.#options = options;
    this.name = options.name;
    this.instance = options.instance;
    this.modules = options.modules;
    this.serviceUrl = options.serviceUrl;
    this.controlUrl = options.controlUrl;
    this.publishedUrl = options.publishedUrl;
  }

  async stats(): Promise<UnitStats> {
    const usage = this.#child ? await processUsage(this.#child.pid) : { cpuSeconds: 0, memoryBytes: 0 };
    return { atMs: Date.now(), ...usage, networkReceivedBytes: null, networkSentBytes: null };
  }

  status(): Promise<UnitStatus> {
    const state = this.#child ? (this.#paused ? 'paused' : 'running') : this.#restartTimer ? 'restarting' : 'stopped';
    return Promise.resolve({
      state,
      restarts: this.#restarts,
      outOfMemory: this.#outOfMemory,
      exitCode: this.#child ? null : this.#exitCode,
      startedAtMs: this.#startedAtMs,
      cpuLimitCores: null,
    });
  }

  facts(): Promise<UnitFacts> {
    return processFacts(this.#child?.pid ?? null);
  }

  recentLogs(lines: number): Promise<LogLine[]> {
    return Promise.resolve(this.#log.last(lines));
  }

  onLog(listener: (line: LogLine) => void): () => void {
    return this.#logListeners.add(listener);
  }

  async kill(): Promise<void> {
    this.#callOff();
    if (this.#child) signalGroup(this.#child.pid, 'SIGKILL');
    await this.#ended;
  }

  async start(): Promise<void> {
    if (this.#removed) throw new EngineError('not-found', `Unit "${this.name}" was removed`);
    if (this.#child) return;
    this.#callOff();
    this.#wantedUp = true;
    await this.#run('start');
  }

  pause(): Promise<void> {
    return this.#freeze(true);
  }

  resume(): Promise<void> {
    return this.#freeze(false);
  }

  limitCpu(): Promise<void> {
    return Promise.reject(this.#unsupported('limit the CPU of a running unit'));
  }

  disconnect(): Promise<void> {
    return Promise.reject(this.#unsupported('cut a unit off'));
  }

  connect(): Promise<void> {
    return Promise.resolve();
  }

  async remove(): Promise<void> {
    if (this.#removed) return;
    this.#removed = true;
    this.#callOff();
    const child = this.#child;
    if (child) {
      // A frozen process cannot answer a polite request.
      if (!this.#paused) child.kill('SIGTERM');
      const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), this.#paused ? 0 : STOP_GRACE_MS);
      await this.#ended;
      clearTimeout(timer);
    }
    await this.#options.onRemoved(this);
  }

  /** Ends it at once and for good. */
  async removeNow(): Promise<void> {
    if (this.#removed) return;
    this.#removed = true;
    await this.kill();
    await this.#options.onRemoved(this);
  }

  async #run(kind: 'start' | 'restart'): Promise<void> {
    const child = await this.#options.spawn();
    const startedAtMs = Date.now();
    const startedAt = performance.now();
    this.#child = child;
    this.#startedAtMs = startedAtMs;
    this.#paused = false;
    this.#heapWords = false;
    const readers = (['stdout', 'stderr'] as const).map((stream) => this.#read(child, stream));
    this.#ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        // Its last words may still be in the pipes; a grandchild that holds them open must not hold this up.
        void Promise.race([Promise.all(readers), delay(LAST_WORDS_MS)]).finally(() => {
          this.#onExit(child.pid, startedAt, code, signal);
          resolve();
        });
      });
    });
    this.#emit(kind, startedAtMs, null);
    // It was killed or removed while it was being started.
    if (!this.#wantedUp) signalGroup(child.pid, 'SIGKILL');
  }

  #read(child: Child, stream: LogLine['stream']): Promise<void> {
    const splitter = lineSplitter((line) => {
      if (stream === 'stderr' && OUT_OF_MEMORY.test(line)) this.#heapWords = true;
      const logLine = { atMs: Date.now(), stream, line };
      this.#log.push(logLine);
      this.#logListeners.emit(logLine);
    });
    return new Promise((resolve) => {
      child[stream]?.on('data', (chunk: Buffer) => splitter.write(chunk));
      child[stream]?.once('close', () => {
        splitter.end();
        resolve();
      });
    });
  }

  #onExit(pid: number, startedAt: number, code: number | null, signal: NodeJS.Signals | null): void {
    const atMs = Date.now();
    this.#child = null;
    this.#exitCode = code ?? exitCodeOf(signal);
    // What it started itself goes with it.
    signalGroup(pid, 'SIGKILL');
    if (this.#heapWords && this.#exitCode !== 0) {
      this.#outOfMemory = true;
      this.#emit('oom', atMs, null);
    }
    this.#emit('die', atMs, this.#exitCode);
    if (!this.#wantedUp || this.#exitCode === 0) return;
    this.#waitMs = nextRestartWaitMs(this.#waitMs, performance.now() - startedAt);
    this.#restartTimer = setTimeout(() => {
      this.#restartTimer = null;
      this.#restarts += 1;
      this.#run('restart').catch((error: unknown) => {
        this.#log.push({ atMs: Date.now(), stream: 'stderr', line: `cannot be started again: ${String(error)}` });
      });
    }, this.#waitMs);
  }

  #callOff(): void {
    this.#wantedUp = false;
    if (this.#restartTimer) clearTimeout(this.#restartTimer);
    this.#restartTimer = null;
  }

  #freeze(wanted: boolean): Promise<void> {
    if (process.platform === 'win32') return Promise.reject(this.#unsupported('pause a unit'));
    if (!this.#child) return Promise.reject(new EngineError('engine', `Unit "${this.name}" is not running`));
    if (this.#paused !== wanted) {
      signalGroup(this.#child.pid, wanted ? 'SIGSTOP' : 'SIGCONT');
      this.#paused = wanted;
      this.#emit(wanted ? 'pause' : 'resume', Date.now(), null);
    }
    return Promise.resolve();
  }

  #emit(kind: UnitEvent['kind'], atMs: number, exitCode: number | null): void {
    this.#options.onEvent({ unit: this.name, instance: this.instance, kind, atMs, seenAtMs: Date.now(), exitCode });
  }

  #unsupported(what: string): EngineError {
    return new EngineError('unsupported', `The process runtime cannot ${what}`, {
      nextStep: 'Use the docker runtime for this.',
    });
  }
}

/** A shell's code for the signals that matter here. */
function exitCodeOf(signal: NodeJS.Signals | null): number | null {
  const numbers: Partial<Record<NodeJS.Signals, number>> = { SIGKILL: 137, SIGABRT: 134, SIGTERM: 143, SIGSEGV: 139 };
  return signal === null ? null : (numbers[signal] ?? null);
}
