import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { fileProblem } from './storage-error.ts';

/**
 * Writes a file so that a reader, and a machine that loses power, sees the old or the new content and nothing between: a temporary file
 * beside it, fsync, rename, fsync of the folder. Makes the folder when it is missing. Throws StorageError.
 */
export async function writeAtomically(file: string, content: string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomic(file, content, { fsync: true });
    await syncFolder(path.dirname(file));
  } catch (error) {
    throw fileProblem(error, file, 'written');
  }
}

/** Makes renames in a folder durable. Does nothing where the system cannot open folders. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
