import { chmod, mkdir, realpath, rm } from 'node:fs/promises';
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

export async function removeHome(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
