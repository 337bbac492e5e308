import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** Ticks of /proc a second: fixed in Linux's interface to programs, whatever the kernel's own rate. */
const TICKS_PER_SECOND = 100;

export interface ProcessUsage {
  cpuSeconds: number | null;
  memoryBytes: number | null;
}

/** What is gone has used nothing since, and has no memory to tell of. */
export const GONE: ProcessUsage = { cpuSeconds: 0, memoryBytes: null };

/** Whether reading below /proc failed because there is no such process any more. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
}
const UNKNOWN: ProcessUsage = { cpuSeconds: null, memoryBytes: null };

/** CPU time and resident memory of a process; null: the system does not tell. */
export async function processUsage(pid: number): Promise<ProcessUsage> {
  if (process.platform === 'linux') {
    try {
      const [stat, status] = await Promise.all([
        readFile(`/proc/${pid}/stat`, 'utf8'),
        readFile(`/proc/${pid}/status`, 'utf8'),
      ]);
      return parseProc(stat, status);
    } catch (error) {
      return isGone(error) ? GONE : UNKNOWN;
    }
  }
  if (process.platform === 'win32') return UNKNOWN;
  return usageByPs(pid);
}

/** As `ps` of POSIX tells it. `command` runs in its place. */
export function usageByPs(pid: number, command = 'ps'): Promise<ProcessUsage> {
  return new Promise((resolve) => {
    execFile(
      command,
      ['-o', 'time=,rss=', '-p', String(pid)],
      { timeout: 5000, env: { ...process.env, LC_ALL: 'C' } },
      (error, stdout) => {
        // It says nothing, and ends with status 1, where there is no such process.
        const isNone = error !== null && error.code === 1 && stdout.trim() === '';
        resolve(isNone ? GONE : error === null ? parsePs(stdout) : UNKNOWN);
      },
    );
  });
}

/** Reads /proc/PID/stat and /proc/PID/status. */
export function parseProc(stat: string, status: string): ProcessUsage {
  // The command's name, in brackets, may hold spaces and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(status);
  return {
    cpuSeconds: Number.isFinite(ticks) ? ticks / TICKS_PER_SECOND : null,
    // One that has ended and is only still listed has none.
    memoryBytes: resident === null ? null : Number(resident[1]) * 1024,
  };
}

/** Reads one line of `ps -o time=,rss=`: `[[DD-]HH:]MM:SS[.ss] KIB`. Unknown where it is none. */
export function parsePs(output: string): ProcessUsage {
  const match = /^\s*(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+(?:\.\d+)?)\s+(\d+)\s*$/.exec(output);
  if (!match) return UNKNOWN;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0', kibibytes = '0'] = match;
  return {
    cpuSeconds: ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds),
    memoryBytes: Number(kibibytes) * 1024,
  };
}
