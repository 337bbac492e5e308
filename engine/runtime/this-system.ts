import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';

/** Where process numbers mean something: two of them can be compared only when all of this is known and the same. Any field may be '', not known. */
export interface SystemIdentity {
  /** One start of one kernel. */
  boot: string;
  /** The namespaces that process numbers and start times count in; `-` on systems that have none. */
  space: string;
  /** The installation, the same after a restart of the machine. */
  machine: string;
}

const NO_NAMESPACES = '-';

/** The system that this process sees. Asked anew each time: a test or a program may change its namespace. */
export async function thisSystem(): Promise<SystemIdentity> {
  switch (process.platform) {
    case 'linux':
      return linuxSystem();
    case 'darwin':
      return { boot: short(await output('sysctl', ['-n', 'kern.bootsessionuuid'])), space: NO_NAMESPACES, machine: '' };
    default:
      // Windows has numbers and no boot identity: Linux beside it (WSL) would look the same.
      return { boot: '', space: '', machine: '' };
  }
}

async function linuxSystem(): Promise<SystemIdentity> {
  const [boot, machine, processes, time] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readFile('/etc/machine-id', 'utf8').catch(() => ''),
    readlink('/proc/self/ns/pid').catch(() => ''),
    // Kernels before 5.6 have no time namespaces; then start times count from the boot for everybody.
    readlink('/proc/self/ns/time').catch(() => 'time:[]'),
  ]);
  const [space] = /\d+/.exec(processes) ?? [''];
  const [clock] = /\d+/.exec(time) ?? ['0'];
  return { boot: short(boot), space: space === '' ? '' : `${space}.${clock}`, machine: short(machine) };
}

/** Start of a process, comparable for equality within one system; '' when it is gone or cannot be known here. */
export async function processStart(pid: number): Promise<string> {
  switch (process.platform) {
    case 'linux':
      return linuxProcessStart(pid);
    case 'win32':
      return '';
    default:
      return output('ps', ['-o', 'lstart=', '-p', String(pid)]);
  }
}

async function linuxProcessStart(pid: number): Promise<string> {
  try {
    const own = pid === process.pid;
    // A mounted /proc may belong to another namespace, where this number is somebody else's.
    if (!own && (await readlink('/proc/self')) !== String(process.pid)) return '';
    const stat = await readFile(`/proc/${own ? 'self' : pid}/stat`, 'utf8');
    // The command's name, in brackets, may hold spaces; the start is the 22nd field, the 20th behind the name.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
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

/** In UTC and in English, so that another time zone or language makes no other process of it. */
function output(program: string, parameters: string[]): Promise<string> {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  return new Promise((resolve) => {
    execFile(program, parameters, { timeout: 2000, env }, (error, stdout) => resolve(error ? '' : stdout.trim()));
  });
}

/** Labels are seen by whoever sees the engine: they tell systems apart and say nothing of them. */
function short(text: string): string {
  const word = text.trim();
  return word === '' ? '' : createHash('sha256').update(word).digest('hex').slice(0, 12);
}
