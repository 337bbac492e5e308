import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Quietness } from '../model/index.ts';
import { cpuShares, judgeQuietness, parseProcStat, type CpuReading, type CpuSpan } from './quietness.ts';

const resolutionMs = 10;

/** A running observation of how quiet the machine is. */
export interface QuietnessWatch {
  /** Looks away: what happens until `resume` is not judged. Does nothing while it looks away already. */
  suspend(): Promise<void>;
  resume(): Promise<void>;
  /**
   * Ends it and judges the time that it watched. `ownCpuSeconds`: CPU that everything of the experiment except this process (units, agent, generator) used
   * meanwhile, null where that is not known; `withheldShare` where a thread watched.
   */
  stop(seen: { ownCpuSeconds: number | null; withheldShare?: number }): Promise<Quietness>;
}

/**
 * Watches the machine until `stop`, but while it is suspended. Where the system does not count (anything but Linux), the shares of the processors are null and only the
 * lateness of this process's timers is judged.
 */
export async function startQuietnessWatch(): Promise<QuietnessWatch> {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  const watched: CpuSpan[] = [];
  let since: { machine: CpuReading | null; own: NodeJS.CpuUsage } | null = null;
  const resume = async (): Promise<void> => {
    since ??= { machine: await readMachine(), own: process.cpuUsage() };
    delay.enable();
  };
  const suspend = async (): Promise<void> => {
    delay.disable();
    if (since === null) return;
    const { machine, own } = since;
    since = null;
    const { user, system } = process.cpuUsage(own);
    watched.push({ before: machine, after: await readMachine(), ownSeconds: (user + system) / 1e6 });
  };
  await resume();
  return {
    suspend,
    resume,
    stop: async ({ ownCpuSeconds, withheldShare }) => {
      await suspend();
      // The histogram holds the time between two timers, not only what they were late; empty when the window was shorter than one.
      const lag = delay.count === 0 ? 0 : Math.max(0, delay.percentile(99) / 1e6 - resolutionMs);
      return judgeQuietness({
        ...cpuShares(watched, ownCpuSeconds),
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
