import { readFile } from 'node:fs/promises';
import type { UnitFacts } from '../types.ts';

const UNKNOWN: UnitFacts = {
  image: null,
  builtAs: null,
  base: null,
  cpus: null,
  memoryBytes: null,
  ...{ cpuQuota: null, processes: null, swapBytes: null },
  user: null,
  // That this program starts it again is nowhere to be seen.
  heals: null,
  environment: null,
};

/** What a process runs with, as /proc tells it; nothing where there is none, or no process. */
export async function processFacts(pid: number | null): Promise<UnitFacts> {
  if (pid === null || process.platform !== 'linux') return UNKNOWN;
  try {
    const [status, environment] = await Promise.all([
      readFile(`/proc/${pid}/status`, 'utf8'),
      readFile(`/proc/${pid}/environ`, 'utf8'),
    ]);
    return { ...UNKNOWN, ...parseFacts(status, environment) };
  } catch {
    return UNKNOWN;
  }
}

/** Reads /proc/PID/status and /proc/PID/environ. */
export function parseFacts(status: string, environment: string): Pick<UnitFacts, 'cpus' | 'user' | 'environment'> {
  return {
    cpus: /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? null,
    user: /^Uid:\s+(\d+)/m.exec(status)?.[1] ?? null,
    environment: Object.fromEntries(
      environment
        .split('\0')
        .filter((entry) => entry.includes('='))
        .map((entry): [string, string] => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
    ),
  };
}
