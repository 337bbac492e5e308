import type { Quietness } from '../../model/index.ts';

/** From this share of the machine on, other programs disturb a measurement. */
export const mostForeignCpuShare = 0.05;
/** From this lateness of the engine's own timers on, the machine stalls too often to measure on, ms (p99). */
export const mostLoopLagMs = 50;

/** CPU time of the whole machine since its start, seconds, all processors together. */
export interface CpuReading {
  busySeconds: number;
  totalSeconds: number;
}

/**
 * CPU used by programs that are not part of the experiment between two readings, as a share of the machine: (busy - own) / total, at
 * least 0. `ownSeconds`: what the experiment's own processes used in between. Null where the system does not tell, or no time passed.
 */
export function foreignCpuShare(
  before: CpuReading | null,
  after: CpuReading | null,
  ownSeconds: number,
): number | null {
  if (before === null || after === null || !Number.isFinite(ownSeconds)) return null;
  const total = after.totalSeconds - before.totalSeconds;
  if (total <= 0) return null;
  return Math.min(1, Math.max(0, (after.busySeconds - before.busySeconds - ownSeconds) / total));
}

/** Judges two readings of a window: quiet, or why not. Pure. */
export function judgeQuietness(reading: Pick<Quietness, 'foreignCpuShare' | 'loopLagP99Ms'>): Quietness {
  const reasons: string[] = [];
  const { foreignCpuShare: share, loopLagP99Ms: lag } = reading;
  if (share !== null && share > mostForeignCpuShare) {
    reasons.push(
      `other programs used ${(share * 100).toFixed(0)} % of the processors (at most ${mostForeignCpuShare * 100} %)`,
    );
  }
  if (lag > mostLoopLagMs) reasons.push(`timers were ${lag.toFixed(0)} ms late at p99 (at most ${mostLoopLagMs} ms)`);
  return { ...reading, quiet: reasons.length === 0, reasons };
}

/**
 * The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal (guest time is within user). What waits for a disk does not
 * keep a processor busy; what a hypervisor took does. Null when the text has another form.
 */
export function parseProcStat(text: string, ticksPerSecond = 100): CpuReading | null {
  const fields = /^cpu\s+(\d+(?: \d+){6,})/.exec(text)?.[1]?.split(' ').slice(0, 8).map(Number);
  if (fields === undefined) return null;
  const total = fields.reduce((sum, value) => sum + value, 0);
  const [, , , idle = 0, ioWait = 0] = fields;
  return { busySeconds: (total - idle - ioWait) / ticksPerSecond, totalSeconds: total / ticksPerSecond };
}
