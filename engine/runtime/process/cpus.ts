import { access, constants, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** The CPUs this process may use, by number. */
export async function allowedCpus(): Promise<number[]> {
  const all = os.cpus().map((_, cpu) => cpu);
  if (process.platform !== 'linux') return all;
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1];
  const parsed = list === undefined ? [] : parseCpuList(list);
  return parsed.length > 0 ? parsed : all;
}

/** Reads the kernel's way to write sets of CPUs: `0-2,5`. Empty when it is not one. */
export function parseCpuList(list: string): number[] {
  const cpus: number[] = [];
  for (const part of list.split(',')) {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part);
    if (!match) return [];
    const first = Number(match[1]);
    for (let cpu = first; cpu <= Number(match[2] ?? first); cpu += 1) cpus.push(cpu);
  }
  return cpus;
}

/** Path of the program that holds a process to CPUs; null where there is none. */
export async function findTaskset(): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    const file = path.join(folder, 'taskset');
    try {
      await access(file, constants.X_OK);
      return file;
    } catch {
      // Not here.
    }
  }
  return null;
}
