import { DISTURBANCE_LIMITS, decimalFigure, percentFigure, type Quietness } from '../model/index.ts';

/** From this share of the machine on, other programs disturb a measurement. */
export const mostForeignCpuShare = 0.05;
/** From this share of the machine on, what a hypervisor gives to others disturbs a measurement. */
export const mostStolenCpuShare = 0.05;
/** From this lateness of the engine's own timers on, the machine stalls too often to measure on, ms (p99). */
export const mostLoopLagMs = 50;

/** CPU time of the whole machine since its start, seconds, all processors together. */
export interface CpuReading {
  /** Used by programs of this machine. */
  busySeconds: number;
  /** Wanted by this machine and given to others by its hypervisor. */
  stolenSeconds: number;
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

/** CPU that the hypervisor withheld between two readings, as a share of the machine. Null where the system does not tell, or no time passed. */
export function stolenCpuShare(before: CpuReading | null, after: CpuReading | null): number | null {
  if (before === null || after === null) return null;
  const total = after.totalSeconds - before.totalSeconds;
  return total <= 0 ? null : Math.min(1, Math.max(0, (after.stolenSeconds - before.stolenSeconds) / total));
}

/** A time that was watched: the machine before and after it, null where the system does not tell, and what this process used meanwhile. */
export interface CpuSpan {
  before: CpuReading | null;
  after: CpuReading | null;
  ownSeconds: number;
}

/** Both shares over several times together. `ownCpuSeconds`: what the experiment's other processes used in them; null: not known. */
export function cpuShares(
  spans: readonly CpuSpan[],
  ownCpuSeconds: number | null,
): { foreignCpuShare: number | null; stolenCpuShare: number | null } {
  const nothing: CpuReading = { busySeconds: 0, stolenSeconds: 0, totalSeconds: 0 };
  let [passed, ownSeconds]: [CpuReading | null, number] = [nothing, ownCpuSeconds ?? Number.NaN];
  for (const { before, after, ownSeconds: own } of spans) {
    ownSeconds += own;
    passed =
      passed === null || before === null || after === null
        ? null
        : {
            busySeconds: passed.busySeconds + after.busySeconds - before.busySeconds,
            stolenSeconds: passed.stolenSeconds + after.stolenSeconds - before.stolenSeconds,
            totalSeconds: passed.totalSeconds + after.totalSeconds - before.totalSeconds,
          };
  }
  return {
    foreignCpuShare: foreignCpuShare(nothing, passed, ownSeconds),
    stolenCpuShare: stolenCpuShare(nothing, passed),
  };
}

/** Judges what was read over a window: quiet, or why not. Pure. */
export function judgeQuietness(reading: Omit<Quietness, 'quiet' | 'reasons'>): Quietness {
  const { foreignCpuShare: foreign, stolenCpuShare: stolen, withheldShare: withheld, loopLagP99Ms: lag } = reading;
  const reasons: string[] = [];
  if (foreign !== null && foreign > mostForeignCpuShare)
    reasons.push(
      `other programs used ${percentFigure(foreign, 0, [mostForeignCpuShare * 100])} % of the processors (at most ${mostForeignCpuShare * 100} %)`,
    );
  if (stolen !== null && stolen > mostStolenCpuShare)
    reasons.push(
      `the hypervisor gave ${percentFigure(stolen, 0, [mostStolenCpuShare * 100])} % of the processors to others (at most ${mostStolenCpuShare * 100} %)`,
    );
  if (withheld !== null && withheld > DISTURBANCE_LIMITS.withheldShare)
    reasons.push(
      `the machine withheld the CPU for ${percentFigure(withheld, 1, [DISTURBANCE_LIMITS.withheldShare * 100])} % of the time (at most ${DISTURBANCE_LIMITS.withheldShare * 100} %)`,
    );
  if (lag > mostLoopLagMs)
    reasons.push(`timers were ${decimalFigure(lag, 0, [mostLoopLagMs])} ms late at p99 (at most ${mostLoopLagMs} ms)`);
  return { ...reading, quiet: reasons.length === 0, reasons };
}

/**
 * The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal (guest time is within user). What waits for a disk does not
 * keep a processor busy, and what a hypervisor took was used by nobody here. Null when the text has another form.
 */
export function parseProcStat(text: string, ticksPerSecond = 100): CpuReading | null {
  const fields = /^cpu\s+(\d+(?: \d+){6,})/.exec(text)?.[1]?.split(' ').slice(0, 8).map(Number);
  if (fields === undefined) return null;
  const total = fields.reduce((sum, value) => sum + value, 0);
  const [, , , idle = 0, ioWait = 0, , , stolen = 0] = fields;
  return {
    busySeconds: (total - idle - ioWait - stolen) / ticksPerSecond,
    stolenSeconds: stolen / ticksPerSecond,
    totalSeconds: total / ticksPerSecond,
  };
}
