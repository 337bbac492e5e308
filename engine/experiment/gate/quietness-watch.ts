import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Quietness } from '../../model/index.ts';
import { foreignCpuShare, judgeQuietness, parseProcStat, stolenCpuShare, type CpuReading } from './quietness.ts';

const resolutionMs = 10;

/** A running observation of how quiet the machine is. */
export interface QuietnessWatch {
  /** Ends it and judges the time since its start; `withheldShare` where a thread watched meanwhile. */
  stop(withheldShare?: number): Promise<Quietness>;
}

/**
 * Watches the machine until `stop`. `ownCpuSeconds` answers the CPU seconds so far of everything that belongs to the experiment except this
 * process (units, agent, generator); it is asked at the start and at the end. Where it fails or the system does not count (anything but Linux), the
 * foreign share is null and only the lateness of this process's timers is judged.
 */
export async function startQuietnessWatch(ownCpuSeconds: () => Promise<number>): Promise<QuietnessWatch> {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  const before = await readAll(ownCpuSeconds);
  delay.enable();
  return {
    stop: async (withheldShare) => {
      delay.disable();
      const after = await readAll(ownCpuSeconds);
      // The histogram holds the time between two timers, not only what they were late; empty when the window was shorter than one.
      const lag = delay.count === 0 ? 0 : Math.max(0, delay.percentile(99) / 1e6 - resolutionMs);
      return judgeQuietness({
        foreignCpuShare: foreignCpuShare(before.machine, after.machine, after.own - before.own),
        stolenCpuShare: stolenCpuShare(before.machine, after.machine),
        withheldShare: withheldShare ?? null,
        loopLagP99Ms: lag,
      });
    },
  };
}

async function readAll(ownCpuSeconds: () => Promise<number>): Promise<{ machine: CpuReading | null; own: number }> {
  const [machine, others] = await Promise.all([readMachine(), ownCpuSeconds().catch(() => Number.NaN)]);
  const { user, system } = process.cpuUsage();
  return { machine, own: others + (user + system) / 1e6 };
}

async function readMachine(): Promise<CpuReading | null> {
  if (process.platform !== 'linux') return null;
  return readFile('/proc/stat', 'utf8').then(
    (text) => parseProcStat(text),
    () => null,
  );
}
