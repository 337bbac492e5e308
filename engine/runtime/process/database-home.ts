import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, readdir, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  DATABASE,
  ROLE,
  copyTree,
  databaseUser,
  reachableFolder,
  serverArguments,
  shareTree,
  type LauncherOrder,
} from '../database/index.ts';
import type { DatabaseStart } from '../types.ts';

/** Where a site's servers of the store live: in the site's own folder, or, where they must not run as who runs this, in a place that their user can get into. */
export interface DatabaseHome {
  folder: string;
  /** Null: as who runs this. */
  user: number | null;
}

const prefix = 'cleave-site-';

/** Where the servers of a site are going to live; nothing is made yet. Throws EngineError. */
export async function chooseHome(siteFolder: string, siteId: string): Promise<DatabaseHome> {
  const user = databaseUser();
  if (user === null) return { folder: path.join(siteFolder, 'databases'), user };
  return { folder: path.join(await realpath(await reachableFolder()), `${prefix}${siteId}`), user };
}

/** Gives a server its programs and a data folder of its own, or finds what it left, and says what its launcher is to do with them. */
export async function orderIn(
  { folder, user }: DatabaseHome,
  listen: { host: string; port: number },
  start: DatabaseStart,
): Promise<LauncherOrder> {
  const place = path.join(folder, start.name);
  const template = path.join(start.artifact.reference, 'programs');
  const [data, programs] = [path.join(place, 'data'), user === null ? template : path.join(place, 'programs')];
  if ((await mkdir(place, { recursive: true })) !== undefined) {
    // Others may pass through, and see nothing: the data are their owner's alone.
    for (const one of user === null ? [] : [folder, place]) await chmod(one, 0o711);
    if (user !== null) await shareTree(template, programs);
    await copyTree(path.join(start.artifact.reference, 'data'), data, user);
  }
  return {
    ...{ programs, data, user, role: ROLE, database: DATABASE, password: start.password },
    arguments: serverArguments(listen, start),
    replaces: false,
  };
}

/** Whether a recorded folder outside the work folder is the one that this site has for its servers. Anybody who can write a record could name any other. */
export async function isHomeOf(siteId: string, recorded: string): Promise<boolean> {
  if (!/^[0-9a-f]{8}$/.test(siteId) || path.basename(recorded) !== `${prefix}${siteId}`) return false;
  // A link would lead elsewhere.
  return (await realpath(recorded).catch(() => '')) === recorded;
}

/**
 * Takes away the shared memory of servers that were ended before they could, 56 bytes each that the system would keep until it is started anew; their files say its number. As the servers' own
 * user, who can take away nobody else's. Fine where there is none, or no program for it.
 */
async function removeSharedMemory({ folder, user }: DatabaseHome): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const lines = await readFile(path.join(folder, name, 'data', 'postmaster.pid'), 'utf8').catch(() => '');
    const [, number] = /^\s*\d+\s+(\d+)\s*$/.exec(lines.split('\n')[6] ?? '') ?? [];
    if (number === undefined) continue;
    const as = user === null ? {} : { uid: user, gid: user };
    await new Promise<void>((resolve) => {
      execFile('ipcrm', ['-m', number], { timeout: 5000, ...as }, () => resolve());
    });
  }
}

/** Nothing works in it any more. */
export async function removeHome(home: DatabaseHome): Promise<void> {
  await removeSharedMemory(home);
  await rm(home.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

/** The home of a site whose owner is gone, where it has one outside its folder. */
export function leftHome(folder: string): DatabaseHome {
  return { folder, user: databaseUser() };
}
