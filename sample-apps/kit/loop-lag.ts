import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How often the loop is looked at, ms: rarely, because an idle unit should cost nothing. */
const resolutionMs = 50;

/** How late timers are in this process. */
export interface LoopLag {
  /** The 99th percentile since the last time it was asked for, ms. */
  takeP99Ms(): number;
  stop(): void;
}

export function watchLoopLag(): LoopLag {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  return {
    takeP99Ms() {
      const lagMs = histogram.count === 0 ? 0 : Math.max(0, histogram.percentile(99) / 1e6 - resolutionMs);
      histogram.reset();
      return lagMs;
    },
    stop: () => void histogram.disable(),
  };
}
