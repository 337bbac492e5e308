import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, syncFolder } from '../files/index.ts';
import { fileProblem } from './storage-error.ts';

/** Moves a file or folder, making the folder it goes to; what is there already goes only with `replace`. Throws StorageError. */
export async function move(from: string, to: string, { replace }: { replace: boolean }): Promise<void> {
  try {
    await makeFolder(path.dirname(to));
    if (replace) await rm(to, { recursive: true, force: true });
    await rename(from, to);
    await syncFolder(path.dirname(to));
  } catch (error) {
    throw fileProblem(error, from, 'moved');
  }
}
