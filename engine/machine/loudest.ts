import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoudProgram } from '../model/index.ts';

/** CPU ticks of every process by its id, with its name. */
export type ProcessTicks = ReadonlyMap<string, { name: string; ticks: number }>;

const ticksPerSecond = 100;
const most = 3;
/** Below this share nobody is called loud. */
const leastShare = 0.01;

/** Name, and user plus system time, of a line of /proc/PID/stat; null when it has another form. The name may hold spaces and brackets. */
export function parseProcessStat(text: string): { name: string; ticks: number } | null {
  const match = /^\d+ \((.*)\) \S (.*)$/s.exec(text.trim());
  const fields = match?.[2]?.split(' ').map(Number) ?? [];
  const [user, system] = [fields[10], fields[11]];
  if (match?.[1] === undefined || user === undefined || system === undefined || !Number.isFinite(user + system))
    return null;
  return { name: match[1], ticks: user + system };
}

/** The programs that used most between two readings `spanMs` apart, loudest first; processes of `own` are left out. Pure. */
export function loudestBetween(
  before: ProcessTicks,
  after: ProcessTicks,
  { spanMs, cpus, own }: { spanMs: number; cpus: number; own: ReadonlySet<string> },
): LoudProgram[] {
  const byName = new Map<string, number>();
  for (const [id, { name, ticks }] of after) {
    const used = ticks - (before.get(id)?.ticks ?? ticks);
    if (used > 0 && !own.has(id)) byName.set(name, (byName.get(name) ?? 0) + used);
  }
  const machineTicks = (spanMs / 1000) * ticksPerSecond * cpus;
  return [...byName]
    .map(([name, ticks]) => ({ name, share: Math.min(1, ticks / machineTicks) }))
    .filter(({ share }) => share >= leastShare)
    .toSorted((a, b) => b.share - a.share)
    .slice(0, most);
}

/** What was seen of programs in a stretch of time. */
export interface SeenPrograms {
  loudest: LoudProgram[];
  /** CPU of the other processes of this program's name (a window has several), seconds; null where the system does not tell. */
  ownCpuSeconds: number | null;
}

/** Watches for `spanMs` which other programs use the machine. Knows nothing where the system does not tell (anything but Linux). Rejects when `signal` aborts. */
export async function watchPrograms(spanMs: number, signal: AbortSignal): Promise<SeenPrograms> {
  const before = process.platform === 'linux' ? await readProcesses() : new Map<string, never>();
  const from = performance.now();
  await delay(spanMs, undefined, { signal });
  if (before.size === 0) return { loudest: [], ownCpuSeconds: null };
  const after = await readProcesses();
  const name = after.get(String(process.pid))?.name;
  const own = new Set([...after].filter(([, one]) => one.name === name).map(([id]) => id));
  const others = new Set([...own].filter((id) => id !== String(process.pid)));
  return {
    loudest: loudestBetween(before, after, { spanMs: performance.now() - from, cpus: availableParallelism(), own }),
    ownCpuSeconds: ticksBetween(before, after, others) / ticksPerSecond,
  };
}

function ticksBetween(before: ProcessTicks, after: ProcessTicks, ids: ReadonlySet<string>): number {
  return [...ids].reduce((sum, id) => {
    const ticks = after.get(id)?.ticks ?? 0;
    return sum + ticks - (before.get(id)?.ticks ?? ticks);
  }, 0);
}

async function readProcesses(): Promise<ProcessTicks> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const read = await Promise.all(
    ids.map(async (id) => {
      // It may have ended in between.
      const text = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
      return [id, parseProcessStat(text)] as const;
    }),
  );
  return new Map(read.flatMap(([id, one]) => (one === null ? [] : [[id, one] as const])));
}
