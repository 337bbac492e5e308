import { arch, cpus, platform, release, totalmem } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { watchWithheldCpu } from '../load/index.ts';
import { watchPrograms, type SeenPrograms } from './loudest.ts';
import { watchMemory } from './memory.ts';
import { startQuietnessWatch, type QuietnessWatch } from './quietness-watch.ts';

/** What is known of a machine without measuring. */
export interface MachineFacts {
  platform: string;
  architecture: string;
  kernel: string;
  cpuModel: string;
  /** Logical processors. */
  cpus: number;
  memoryBytes: number;
  /** Version of the Node that runs the laboratory. */
  nodeVersion: string;
}

/** How the machine under the laboratory does. */
export interface HostState {
  /** What programs can have without others being swapped out; null where the system does not tell. */
  availableMemoryBytes: number | null;
  totalMemoryBytes: number;
  /** Longest stall of the engine's own event loop since the last look, ms. */
  loopLagMs: number;
}

/** The machine that the laboratory runs on, as far as measuring depends on it. Handed in, as the clock is. */
export interface Machine {
  facts(): MachineFacts;
  /** Watches until stopped how much the machine gives to others. */
  watchQuietness(): Promise<QuietnessWatch>;
  /** Share of the time, 0 to 1, for which the machine withholds the CPU from a thread that wants to wake. Rejects when `signal` aborts. */
  withheldCpu(durationMs: number, signal: AbortSignal): Promise<number>;
  /** Watches which programs use the machine. Rejects when `signal` aborts. */
  watchPrograms(spanMs: number, signal: AbortSignal): Promise<SeenPrograms>;
  /** Looks at the machine's state again and again; each look forgets the stalls that it told of. */
  watchState(): { look(): HostState; stop(): void };
}

/** The machine this program runs on. */
export const thisMachine: Machine = {
  facts: () => {
    const processors = cpus();
    return {
      platform: platform(),
      architecture: arch(),
      kernel: release(),
      cpuModel: processors[0]?.model.trim() ?? 'unknown',
      cpus: processors.length,
      memoryBytes: totalmem(),
      nodeVersion: process.version,
    };
  },
  watchQuietness: startQuietnessWatch,
  withheldCpu: watchWithheldCpu,
  watchPrograms,
  watchState: () => {
    const lag = monitorEventLoopDelay({ resolution: 20 });
    const memory = watchMemory();
    lag.enable();
    return {
      look: () => {
        const state = { availableMemoryBytes: memory(), totalMemoryBytes: totalmem(), loopLagMs: lag.max / 1e6 };
        lag.reset();
        return state;
      },
      stop: () => {
        lag.disable();
      },
    };
  },
};
