import { access, constants, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { cpusThatAreThere } from '../cpu-list.ts';

/** The CPUs that are there and that this process may use, by number. */
export async function allowedCpus(): Promise<number[]> {
  const all = os.cpus().map((_, cpu) => cpu);
  if (process.platform !== 'linux') return all;
  const [status, online] = await Promise.all(
    ['/proc/self/status', '/sys/devices/system/cpu/online'].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  const allowed = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status ?? '')?.[1] ?? '';
  const cpus = cpusThatAreThere(allowed, (online ?? '').trim());
  return cpus.length > 0 ? cpus : all;
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
