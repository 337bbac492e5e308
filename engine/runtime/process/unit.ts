import type { ChildProcess } from 'node:child_process';
import { launchOf } from '../../languages/index.ts';
import type { Language } from '../../model/index.ts';
import { nextRestartWaitMs } from '../backoff.ts';
import { delay } from '../deadline.ts';
import { EngineError } from '../errors.ts';
import { Listeners } from '../listeners.ts';
import { LogBuffer, lineSplitter } from '../log-lines.ts';
import type { LogLine, RunningUnit, StartMarks, UnitEvent, UnitFacts, UnitStats, UnitStatus } from '../types.ts';
import { processFacts } from './facts.ts';
import { signalGroup } from './group.ts';
import { GONE, processUsage, type ProcessUsage } from './stats.ts';
import { descendantsOf, signal, usageOfDescendants } from './tree.ts';

const STOP_GRACE_MS = 2000;
const LAST_WORDS_MS = 200;

type Child = ChildProcess & { pid: number };

export interface ProcessUnitOptions {
  name: string;
  instance: number;
  modules: readonly string[];
  language: Language;
  serviceUrl: string;
  controlUrl: string;
  publishedUrl: string | null;
  /** Its process only starts what counts and holds it: that is what is measured, held still and ended with it, and it is asked to end before it is made to. */
  launches?: boolean;
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
  /** It has said that it ends for want of memory. */
  #wantsMemory = false;

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
    const usage = this.#child ? await this.#usage(this.#child.pid) : GONE;
    return { atMs: Date.now(), ...usage, networkReceivedBytes: null, networkSentBytes: null };
  }

  #usage(pid: number): Promise<ProcessUsage> {
    return this.#options.launches === true ? usageOfDescendants(pid) : processUsage(pid);
  }

  /** What it has started in groups of its own. */
  #apart(pid: number): Promise<number[]> {
    return this.#options.launches === true ? descendantsOf(pid) : Promise.resolve([]);
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

  async facts(): Promise<UnitFacts> {
    const pid = this.#child?.pid ?? null;
    const [first = pid] = pid === null ? [] : await this.#apart(pid);
    return processFacts(first);
  }

  recentLogs(lines: number): Promise<LogLine[]> {
    return Promise.resolve(this.#log.last(lines));
  }

  onLog(listener: (line: LogLine) => void): () => void {
    return this.#logListeners.add(listener);
  }

  async kill(): Promise<void> {
    this.#callOff();
    if (this.#child) await this.#end(this.#child.pid);
    await this.#ended;
  }

  async #end(pid: number): Promise<void> {
    const apart = await this.#apart(pid);
    signalGroup(pid, 'SIGKILL');
    for (const one of apart) signal(one, 'SIGKILL');
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
      const timer = setTimeout(() => void this.#end(child.pid), this.#paused ? 0 : STOP_GRACE_MS);
      await this.#ended;
      clearTimeout(timer);
    }
    await this.#options.onRemoved(this);
  }

  /** Ends it at once and for good. */
  async removeNow(): Promise<void> {
    if (this.#removed) return;
    this.#removed = true;
    if (this.#options.launches === true) await this.#askToEnd();
    await this.kill();
    await this.#options.onRemoved(this);
  }

  /** For what would leave something on the system otherwise. One that stands still is not asked. */
  async #askToEnd(): Promise<void> {
    this.#callOff();
    if (!this.#child || this.#paused) return;
    this.#child.kill('SIGTERM');
    await Promise.race([this.#ended, delay(STOP_GRACE_MS)]);
  }

  async #run(kind: 'start' | 'restart'): Promise<void> {
    const child = await this.#options.spawn();
    const startedAtMs = Date.now();
    const startedAt = performance.now();
    this.#child = child;
    this.#startedAtMs = startedAtMs;
    this.#paused = false;
    this.#wantsMemory = false;
    const readers = (['stdout', 'stderr'] as const).map((stream) => this.#read(child, stream));
    this.#ended = new Promise((resolve) => {
      child.once('exit', (code, endedBy) => {
        // Its last words may still be in the pipes; a grandchild that holds them open must not hold this up.
        void Promise.race([Promise.all(readers), delay(LAST_WORDS_MS)]).finally(() => {
          this.#onExit(child.pid, startedAt, code, endedBy);
          resolve();
        });
      });
    });
    this.#emit(kind, startedAtMs, null);
    // It was killed or removed while it was being started.
    if (!this.#wantedUp) signalGroup(child.pid, 'SIGKILL');
  }

  #read(child: Child, stream: LogLine['stream']): Promise<void> {
    const { outOfMemory } = launchOf(this.#options.language);
    const splitter = lineSplitter((line) => {
      if (stream === 'stderr' && outOfMemory.test(line)) this.#wantsMemory = true;
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

  #onExit(pid: number, startedAt: number, code: number | null, endedBy: NodeJS.Signals | null): void {
    const atMs = Date.now();
    this.#child = null;
    this.#exitCode = code ?? exitCodeOf(endedBy);
    // What it started itself goes with it.
    signalGroup(pid, 'SIGKILL');
    if (this.#wantsMemory && this.#exitCode !== 0) {
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

  async #freeze(wanted: boolean): Promise<void> {
    if (process.platform === 'win32') throw this.#unsupported('pause a unit');
    const child = this.#child;
    if (!child) throw new EngineError('engine', `Unit "${this.name}" is not running`);
    if (this.#paused === wanted) return;
    this.#paused = wanted;
    // What starts others stands still before they are counted, and goes on last.
    if (wanted) signalGroup(child.pid, 'SIGSTOP');
    for (const pid of await this.#apart(child.pid)) signal(pid, wanted ? 'SIGSTOP' : 'SIGCONT');
    if (!wanted) signalGroup(child.pid, 'SIGCONT');
    this.#emit(wanted ? 'pause' : 'resume', Date.now(), null);
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
function exitCodeOf(endedBy: NodeJS.Signals | null): number | null {
  const numbers: Partial<Record<NodeJS.Signals, number>> = { SIGKILL: 137, SIGABRT: 134, SIGTERM: 143, SIGSEGV: 139 };
  return endedBy === null ? null : (numbers[endedBy] ?? null);
}
