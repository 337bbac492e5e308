import { freemem, totalmem } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How the machine under the laboratory does. */
export interface HostState {
  freeMemoryBytes: number;
  totalMemoryBytes: number;
  /** Longest stall of the engine's own event loop since the last look, ms. */
  loopLagMs: number;
}

const lookEveryMs = 250;
const leastFreeBytes = 128 * 2 ** 20;
const leastFreeShare = 0.02;
const mostLoopLagMs = 3000;

/** Why faults must end now for the machine's sake, one clause; null when it is well. */
export function hostSuffers({ freeMemoryBytes, totalMemoryBytes, loopLagMs }: HostState): string | null {
  const floor = Math.max(leastFreeBytes, leastFreeShare * totalMemoryBytes);
  if (freeMemoryBytes < floor) {
    return `the machine has only ${mebibytes(freeMemoryBytes)} MiB of memory left (at least ${mebibytes(floor)} are kept free)`;
  }
  if (loopLagMs > mostLoopLagMs) {
    return `the laboratory itself stood still for ${(loopLagMs / 1000).toFixed(1)} s (at most ${mostLoopLagMs / 1000} s are accepted)`;
  }
  return null;
}

export interface HostWatch {
  stop(): void;
}

/** Looks four times a second and calls back once, when the machine suffers. `read` is for tests. */
export function watchHost(onSuffering: (reason: string) => void, read?: () => HostState): HostWatch {
  const lag = monitorEventLoopDelay({ resolution: 20 });
  lag.enable();
  const look = read ?? (() => ({ freeMemoryBytes: freemem(), totalMemoryBytes: totalmem(), loopLagMs: lag.max / 1e6 }));
  const stop = () => {
    clearInterval(timer);
    lag.disable();
  };
  const timer = setInterval(() => {
    const reason = hostSuffers(look());
    lag.reset();
    if (reason === null) return;
    stop();
    onSuffering(reason);
  }, lookEveryMs);
  timer.unref();
  return { stop };
}

const mebibytes = (bytes: number): string => Math.round(bytes / 2 ** 20).toString();
