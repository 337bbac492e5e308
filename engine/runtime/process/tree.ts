import { readFile, readdir, readlink } from 'node:fs/promises';
import { total } from '../../model/index.ts';
import { GONE, isGone, type ProcessUsage } from './stats.ts';

/** Ticks of /proc a second: fixed in Linux's interface to programs. */
const TICKS_PER_SECOND = 100;

/** One living process, from /proc/PID/stat. */
interface Seen {
  pid: number;
  parent: number;
  /** Its own, and of children that have ended. */
  cpuSeconds: number;
}

/** Everything that a process has started and that lives, in whatever group: a server's own processes lead sessions of their own. Linux alone tells. */
export async function descendantsOf(pid: number): Promise<number[]> {
  return (await descendants(pid)).map((one) => one.pid);
}

async function descendants(root: number): Promise<Seen[]> {
  const all = await everyProcess();
  const found: Seen[] = [];
  for (let level = new Set([root]); level.size > 0;) {
    const next = all.filter(({ parent }) => level.has(parent));
    found.push(...next);
    level = new Set(next.map((one) => one.pid));
  }
  return found;
}

async function everyProcess(): Promise<Seen[]> {
  if (process.platform !== 'linux') return [];
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const seen = await Promise.all(
    names.map((name) => readFile(`/proc/${name}/stat`, 'utf8').then(parseStat, () => null)),
  );
  return seen.filter((one) => one !== null);
}

/** Reads /proc/PID/stat; null for one that has ended and is only still listed. */
export function parseStat(stat: string): Seen | null {
  // The command's name, in brackets, may hold spaces and brackets itself.
  const [state, parent, ...more] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z' || state === 'X') return null;
  const [user = 0, system = 0, usersOfChildren = 0, systemOfChildren = 0] = more.slice(9, 13).map(Number);
  return {
    pid: Number.parseInt(stat, 10),
    parent: Number(parent),
    cpuSeconds: (user + system + usersOfChildren + systemOfChildren) / TICKS_PER_SECOND,
  };
}

/** What all that a process has started uses together: memory that they share counts once. */
export async function usageOfDescendants(pid: number): Promise<ProcessUsage> {
  const all = await descendants(pid);
  if (all.length === 0) return GONE;
  const memory = await Promise.all(all.map(({ pid: one }) => shareOf(`/proc/${one}/smaps_rollup`)));
  return {
    cpuSeconds: all.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    memoryBytes: total(memory),
  };
}

/** Its proportional share of memory, bytes: 0 of a process that ended meanwhile, null where it is not told. */
export async function shareOf(file: string): Promise<number | null> {
  try {
    return parseShare(await readFile(file, 'utf8'));
  } catch (error) {
    return isGone(error) ? 0 : null;
  }
}

/** Reads /proc/PID/smaps_rollup: its proportional share of memory, bytes; null where it does not say. */
export function parseShare(rollup: string): number | null {
  const share = /^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1];
  return share === undefined ? null : Number(share) * 1024;
}

/** Ends whatever works in one of these folders, which have names that nobody else draws. Fine if nothing does. */
export async function endWorkersIn(folders: readonly string[]): Promise<void> {
  if (process.platform !== 'linux' || folders.length === 0) return;
  // A mounted /proc may belong to another namespace, where the numbers are other processes'.
  if ((await readlink('/proc/self').catch(() => '')) !== String(process.pid)) return;
  for (const name of (await readdir('/proc')).filter((one) => /^\d+$/.test(one))) {
    const place = (await readlink(`/proc/${name}/cwd`).catch(() => '')).replace(/ \(deleted\)$/, '');
    if (folders.some((folder) => place === folder || place.startsWith(`${folder}/`))) signal(Number(name), 'SIGKILL');
  }
}

/** Fine if it is gone. */
export function signal(pid: number, name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}
