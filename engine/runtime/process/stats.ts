import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { EngineError } from '../errors.ts';

/** Ticks of /proc a second: fixed in Linux's interface to programs, whatever the kernel's own rate. */
const TICKS_PER_SECOND = 100;

export interface ProcessUsage {
  cpuSeconds: number;
  memoryBytes: number;
}

/** CPU time and resident memory of a process; zeros when it is gone. */
export async function processUsage(pid: number): Promise<ProcessUsage> {
  if (process.platform === 'linux') {
    try {
      const [stat, status] = await Promise.all([
        readFile(`/proc/${pid}/stat`, 'utf8'),
        readFile(`/proc/${pid}/status`, 'utf8'),
      ]);
      return parseProc(stat, status);
    } catch {
      return { cpuSeconds: 0, memoryBytes: 0 };
    }
  }
  if (process.platform === 'win32')
    throw new EngineError(
      'unsupported',
      'The process runtime cannot read CPU and memory of a unit on Windows; use Docker',
    );
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
  const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(status);
  return { cpuSeconds: ticks / TICKS_PER_SECOND, memoryBytes: Number(resident?.[1] ?? 0) * 1024 };
}

/** Reads one line of `ps -o time=,rss=`: `[[DD-]HH:]MM:SS[.ss] KIB`. */
export function parsePs(output: string): ProcessUsage {
  const match = /^\s*(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+(?:\.\d+)?)\s+(\d+)/.exec(output);
  if (!match) return { cpuSeconds: 0, memoryBytes: 0 };
  const [, days = '0', hours = '0', minutes = '0', seconds = '0', kibibytes = '0'] = match;
  return {
    cpuSeconds: ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds),
    memoryBytes: Number(kibibytes) * 1024,
  };
}
