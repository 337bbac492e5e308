import { access, constants, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseCpuList } from '../cpu-list.ts';

/** The CPUs this process may use, by number. */
export async function allowedCpus(): Promise<number[]> {
  const all = os.cpus().map((_, cpu) => cpu);
  if (process.platform !== 'linux') return all;
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1];
  const parsed = list === undefined ? [] : parseCpuList(list);
  return parsed.length > 0 ? parsed : all;
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
