import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunningApp } from './fixture.ts';

/** Command lines of processes that still work for this test's data folder. Linux only; elsewhere nothing can be said. */
export async function leftOvers({ data }: RunningApp): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [command, environment] = await Promise.all(
        ['cmdline', 'environ'].map((name) => readFile(path.join('/proc', pid, name), 'utf8').catch(() => '')),
      );
      const isUnit = environment!.includes('CLEAVE_UNIT=') && environment!.includes(data);
      return isUnit ? command!.replaceAll('\0', ' ') : null;
    }),
  );
  return found.filter((line) => line !== null);
}
