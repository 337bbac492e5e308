import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { freemem } from 'node:os';

/** A command that lists pages takes a few ms; one that hangs tells nothing. */
const patienceMs = 2000;
/** Between two looks, ms, where a look starts a process. */
const againMs = 1000;

/** Memory that programs can have without others being swapped out. Handed in, so that each platform can be tried on any. */
export interface MemorySource {
  platform: NodeJS.Platform;
  /** Text of /proc/meminfo; rejects where it cannot be read. */
  memInfo(): Promise<string>;
  /** What `vm_stat` prints; rejects where it fails or takes too long. */
  vmStat(): Promise<string>;
  /** As Node counts it, bytes. */
  freemem(): number;
}

export const thisMemory: MemorySource = {
  platform: process.platform,
  memInfo: () => readFile('/proc/meminfo', 'utf8'),
  vmStat: () =>
    new Promise((resolve, reject) => {
      const env = { ...process.env, LC_ALL: 'C' };
      execFile('/usr/bin/vm_stat', [], { timeout: patienceMs, killSignal: 'SIGKILL', env }, (error, stdout) =>
        error ? reject(new Error('vm_stat does not tell', { cause: error })) : resolve(stdout),
      );
    }),
  freemem,
};

/**
 * Memory that is available, bytes; null where the system does not tell. On Linux `MemAvailable`, on macOS free, inactive, speculative and purgeable pages: there Node counts only those that are free, of
 * which a machine that is well has next to none, so it is no substitute. Elsewhere, and on a Linux without `MemAvailable`, what Node counts.
 */
export async function availableMemory(source: MemorySource = thisMemory): Promise<number | null> {
  switch (source.platform) {
    case 'linux':
      return (await source.memInfo().then(parseMemInfo, () => null)) ?? source.freemem();
    case 'darwin':
      return source.vmStat().then(parseVmStat, () => null);
    default:
      return source.freemem();
  }
}

/**
 * Keeps the last known figure, so that whoever looks never waits: each look asks anew in the background, once at a time, and at most once a second where that starts a process. Null before the first answer, and
 * where the system does not tell.
 */
export function watchMemory(
  source: MemorySource = thisMemory,
  nowMs: () => number = () => performance.now(),
): () => number | null {
  let known: number | null = null;
  let isAsking = false;
  let askedAtMs = -Infinity;
  const leastMs = source.platform === 'darwin' ? againMs : 0;
  const ask = (): void => {
    if (isAsking || nowMs() - askedAtMs < leastMs) return;
    [isAsking, askedAtMs] = [true, nowMs()];
    void availableMemory(source).then((bytes) => {
      [known, isAsking] = [bytes, false];
    });
  };
  ask();
  return () => {
    ask();
    return known;
  };
}

/** `MemAvailable` of /proc/meminfo, bytes; null where it is not there (before Linux 3.14). */
export function parseMemInfo(text: string): number | null {
  const kibibytes = /^MemAvailable:\s+(\d{1,15}) kB$/m.exec(text)?.[1];
  return kibibytes === undefined ? null : Number(kibibytes) * 1024;
}

/** Free, inactive, speculative and purgeable pages of what `vm_stat` prints, bytes; null where it has another form. A system without the last two kinds has none of them. */
export function parseVmStat(text: string): number | null {
  const pageBytes = /page size of (\d{1,7}) bytes/.exec(text)?.[1];
  const pages = (name: string): number | null => {
    const count = new RegExp(String.raw`^Pages ${name}:\s+(\d{1,15})\.?\s*$`, 'm').exec(text)?.[1];
    return count === undefined ? null : Number(count);
  };
  const [free, inactive] = [pages('free'), pages('inactive')];
  if (pageBytes === undefined || free === null || inactive === null) return null;
  return Number(pageBytes) * (free + inactive + (pages('speculative') ?? 0) + (pages('purgeable') ?? 0));
}
