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
    } catch {
      return GONE;
    }
  }
  if (process.platform === 'win32') return UNKNOWN;
  const output = await new Promise<string>((resolve) => {
    execFile(
      'ps',
      ['-o', 'time=,rss=', '-p', String(pid)],
      { timeout: 5000, env: { ...process.env, LC_ALL: 'C' } },
      (_error, stdout) => resolve(stdout),
    );
  });
  return parsePs(output);
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

/** Reads one line of `ps -o time=,rss=`: `[[DD-]HH:]MM:SS[.ss] KIB`. */
export function parsePs(output: string): ProcessUsage {
  const match = /^\s*(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+(?:\.\d+)?)\s+(\d+)/.exec(output);
  if (!match) return GONE;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0', kibibytes = '0'] = match;
  return {
    cpuSeconds: ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds),
    memoryBytes: Number(kibibytes) * 1024,
  };
}
