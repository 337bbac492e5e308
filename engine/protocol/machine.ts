import { readdir, readFile } from 'node:fs/promises';
import { fieldsOf, goodBody } from './ask.ts';
import type { Unit } from './bench.ts';
import type { Usage } from './program.ts';
import { NotAsked } from './requirement.ts';

/** Pages of Linux as programs see them on x64 and most of arm64. */
const bytesPerPage = 4096;

/** What a unit has taken of the machine since its process began. Throws NotAsked where that cannot be seen. */
export async function usageOf(unit: Unit): Promise<Usage> {
  const { usage } = unit.process;
  if (usage !== undefined) return usage();
  const { pid } = fieldsOf(goodBody('GET /identity', await unit.control('GET', '/identity')));
  return usageHere(`/proc/${String(pid)}`).catch(() => {
    throw new NotAsked('what a process takes can only be seen on the Linux that it runs on');
  });
}

/** Times are the first two fields of schedstat of its threads. */
async function usageHere(folder: string): Promise<Usage> {
  const threads = await readdir(`${folder}/task`);
  const times = await Promise.all(
    threads.map(async (thread) => {
      const text = await readFile(`${folder}/task/${thread}/schedstat`, 'utf8').catch(() => '0 0');
      return text.split(' ').map((nanoseconds) => Number(nanoseconds) / 1e6);
    }),
  );
  const sum = (field: 0 | 1): number => times.reduce((total, time) => total + (time[field] ?? 0), 0);
  const pages = Number((await readFile(`${folder}/statm`, 'utf8')).split(' ')[1]);
  return { atMs: performance.now(), takenMs: sum(0), inLineMs: sum(1), residentBytes: pages * bytesPerPage };
}
