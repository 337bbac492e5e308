import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Quietness } from '../model/index.ts';
import { foreignCpuShare, judgeQuietness, parseProcStat, stolenCpuShare, type CpuReading } from './quietness.ts';

const resolutionMs = 10;

/** A running observation of how quiet the machine is. */
export interface QuietnessWatch {
  /**
   * Ends it and judges the time since its start. `ownCpuSeconds`: CPU that everything of the experiment except this process (units, agent, generator) used
   * meanwhile, null where that is not known; `withheldShare` where a thread watched.
   */
  stop(seen: { ownCpuSeconds: number | null; withheldShare?: number }): Promise<Quietness>;
}

/**
 * Watches the machine until `stop`. Where the system does not count (anything but Linux), the shares of the processors are null and only the
 * lateness of this process's timers is judged.
 */
export async function startQuietnessWatch(): Promise<QuietnessWatch> {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  const before = await readMachine();
  const cpuBefore = process.cpuUsage();
  delay.enable();
  return {
    stop: async ({ ownCpuSeconds, withheldShare }) => {
      delay.disable();
      const after = await readMachine();
      const { user, system } = process.cpuUsage(cpuBefore);
      // The histogram holds the time between two timers, not only what they were late; empty when the window was shorter than one.
      const lag = delay.count === 0 ? 0 : Math.max(0, delay.percentile(99) / 1e6 - resolutionMs);
      return judgeQuietness({
        foreignCpuShare: foreignCpuShare(before, after, (ownCpuSeconds ?? Number.NaN) + (user + system) / 1e6),
        stolenCpuShare: stolenCpuShare(before, after),
        withheldShare: withheldShare ?? null,
        loopLagP99Ms: lag,
      });
    },
  };
}

async function readMachine(): Promise<CpuReading | null> {
  if (process.platform !== 'linux') return null;
  return readFile('/proc/stat', 'utf8').then(
    (text) => parseProcStat(text),
    () => null,
  );
}
