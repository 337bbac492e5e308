import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inTime } from './in-time.ts';
import { makeFolder } from './make-folder.ts';

/**
 * Makes a folder where it is missing and writes a file into it for a moment: rights alone do not say whether that can be done (/proc, a full
 * disk, a read-only one). Only a folder that is made gets `mode`. Throws what the file system throws, or `ETIMEDOUT`.
 */
export async function tryFolder(folder: string, mode?: number): Promise<void> {
  await makeFolder(folder, mode);
  const file = path.join(folder, `.cleave-${randomBytes(6).toString('hex')}`);
  try {
    await inTime(writeFile(file, '.', { flag: 'wx' }));
  } finally {
    await inTime(rm(file, { force: true })).catch(() => {});
  }
}
