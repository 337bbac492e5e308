import { readdir, readFile } from 'node:fs/promises';
import { fieldsOf, goodBody } from './ask.ts';
import type { Unit } from './bench.ts';
import { NotAsked } from './requirement.ts';

/** Pages of Linux as programs see them on x64 and most of arm64. */
const bytesPerPage = 4096;

/** Throws NotAsked where the process cannot be seen. */
async function seen<T>(unit: Unit, look: (folder: string) => Promise<T>): Promise<T> {
  const { pid } = fieldsOf(goodBody('GET /identity', await unit.control('GET', '/identity')));
  return look(`/proc/${String(pid)}`).catch(() => {
    throw new NotAsked('what a process takes can only be seen on the Linux that it runs on');
  });
}

/** How long threads of a process were on a processor, and in line for one, ms. */
export interface ProcessorTime {
  takenMs: number;
  inLineMs: number;
}

/** Since the process began (the first two fields of schedstat). */
export function processorTime(unit: Unit): Promise<ProcessorTime> {
  return seen(unit, async (folder) => {
    const threads = await readdir(`${folder}/task`);
    const times = await Promise.all(
      threads.map(async (thread) => {
        const text = await readFile(`${folder}/task/${thread}/schedstat`, 'utf8').catch(() => '0 0');
        return text.split(' ').map((nanoseconds) => Number(nanoseconds) / 1e6);
      }),
    );
    const sum = (field: 0 | 1): number => times.reduce((total, time) => total + (time[field] ?? 0), 0);
    return { takenMs: sum(0), inLineMs: sum(1) };
  });
}

/** Memory of the machine that the process has, bytes. */
export function residentBytes(unit: Unit): Promise<number> {
  return seen(unit, async (folder) => Number((await readFile(`${folder}/statm`, 'utf8')).split(' ')[1]) * bytesPerPage);
}
