import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { z } from 'zod';

/** The process that everything created belongs to. */
export interface Owner {
  pid: number;
  /** Start of that process in words of the system; '' where it cannot be known. Tells a living owner from a later process with its number. */
  started: string;
  /** A short hash of the machine's name. */
  host: string;
}

const ownerSchema = z.tuple([z.string().regex(/^\d{1,10}$/), z.string(), z.string().min(1)]);

/** This process as an owner. */
export async function thisOwner(): Promise<Owner> {
  return { pid: process.pid, started: await processStart(process.pid), host: hostHash() };
}

export function formatOwner(owner: Owner): string {
  return `${owner.pid}|${owner.started}|${owner.host}`;
}

/** Reads what `formatOwner` wrote; null for anything else. */
export function parseOwner(text: string): Owner | null {
  const parts = ownerSchema.safeParse(text.split('|'));
  if (!parts.success) return null;
  const [pid, started, host] = parts.data;
  return { pid: Number(pid), started, host };
}

/** `dead` only when that is certain: another machine's processes cannot be seen from here. */
export async function ownerState(owner: Owner): Promise<'alive' | 'dead' | 'unknown'> {
  if (owner.host !== hostHash()) return 'unknown';
  if (!processExists(owner.pid)) return 'dead';
  const started = await processStart(owner.pid);
  if (started === '' || owner.started === '') return 'unknown';
  return started === owner.started ? 'alive' : 'dead';
}

/** Start of a process, comparable for equality only; '' when it is gone or cannot be known here. */
export async function processStart(pid: number): Promise<string> {
  if (process.platform === 'linux') return linuxProcessStart(pid);
  if (process.platform === 'win32') return '';
  return new Promise((resolve) => {
    execFile(
      'ps',
      ['-o', 'lstart=', '-p', String(pid)],
      { timeout: 2000, env: { ...process.env, LC_ALL: 'C' } },
      (error, stdout) => {
        resolve(error ? '' : stdout.trim());
      },
    );
  });
}

async function linuxProcessStart(pid: number): Promise<string> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    ]);
    // The command's name, in brackets, may hold spaces; the start is the 22nd field, the 20th behind the name.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return ticks === undefined ? '' : `${boot.trim().slice(0, 8)}-${ticks}`;
  } catch {
    return '';
  }
}

/** Whether a process with this number exists, whoever owns it. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function hostHash(): string {
  return createHash('sha256').update(os.hostname()).digest('hex').slice(0, 12);
}
