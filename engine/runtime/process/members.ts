import { execFile } from 'node:child_process';
import { readFile, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';

/** A process of a group, with what shows where it comes from. */
export interface Member {
  /** Program and arguments, as far as the system tells. */
  command: string;
  /** Its working folder; '' where that cannot be read. */
  folder: string;
}

/** The living processes of a group; none where the system has no groups or tells nothing of them. */
export async function groupMembers(group: number): Promise<Member[]> {
  switch (process.platform) {
    case 'linux':
      return linuxMembers(group);
    case 'win32':
      return [];
    default:
      return membersOfPs(await psOutput(), group);
  }
}

/** Whether a process works in this folder or was started with a path in it: the folders of sites have names that nobody else draws. */
export function belongsToFolder({ command, folder }: Member, directory: string): boolean {
  const within = (text: string): boolean => text === directory || text.startsWith(directory + path.sep);
  return within(folder.replace(/ \(deleted\)$/, '')) || command.split('\0').some(within);
}

async function linuxMembers(group: number): Promise<Member[]> {
  // A mounted /proc may belong to another namespace, where the numbers are other processes'.
  if ((await readlink('/proc/self').catch(() => '')) !== String(process.pid)) return [];
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const members = await Promise.all(numbers.map((number) => linuxMember(`/proc/${number}`, group)));
  return members.filter((member) => member !== null);
}

async function linuxMember(place: string, group: number): Promise<Member | null> {
  try {
    const stat = await readFile(`${place}/stat`, 'utf8');
    // The command's name, in brackets, may hold spaces; behind it state, parent and group.
    const [state, , itsGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X' || Number(itsGroup) !== group) return null;
    const [command, folder] = await Promise.all([
      readFile(`${place}/cmdline`, 'utf8').catch(() => ''),
      readlink(`${place}/cwd`).catch(() => ''),
    ]);
    return { command, folder };
  } catch {
    // It has just ended.
    return null;
  }
}

function psOutput(): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      'ps',
      ['-axww', '-o', 'pgid=,stat=,command='],
      { timeout: 5000, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, LC_ALL: 'C' } },
      (_error, stdout) => resolve(stdout),
    );
  });
}

/** Reads `ps -o pgid=,stat=,command=`. Arguments with spaces in them come apart: then less is proven, and never more. */
export function membersOfPs(output: string, group: number): Member[] {
  return output.split('\n').flatMap((line) => {
    const [, itsGroup, state = '', command = ''] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (itsGroup === undefined || Number(itsGroup) !== group || state.startsWith('Z')) return [];
    return [{ command: command.split(' ').join('\0'), folder: '' }];
  });
}
