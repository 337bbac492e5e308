import { statSync, writeFileSync } from 'node:fs';
import { lstat, open, stat } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { inTime } from './in-time.ts';
import { makeFolder, makeFolderSync } from './make-folder.ts';
import { writeInto } from './write-into.ts';

/**
 * Writes a file so that a reader, and a machine that loses power, sees the old or the new content and nothing between: a temporary file
 * beside it, fsync, rename, fsync of the folder. Makes the folder when it is missing. What is there and is no regular file (a pipe, a terminal,
 * /dev/null) is written into and never replaced; a link that leads nowhere is refused. Throws what the file system throws.
 */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  if (await isSpecial(file)) return await writeInto(file, content);
  await makeFolder(path.dirname(file));
  await writeFileAtomic(file, '', writing(content));
  await syncFolder(path.dirname(file));
}

/** The same at once, for a program that is about to end; what is there and is no regular file is refused. */
export function replaceFileSync(file: string, content: string | Uint8Array): void {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) throw new Error(`${file} is not a file`);
  makeFolderSync(path.dirname(file));
  writeFileAtomic.sync(file, '', writing(content));
}

// A disk with room for a part takes that part and says how much it took, which the library does not look at: this goes on until all is there.
function writing(content: string | Uint8Array) {
  return { fsync: true, tmpfileCreated: (temporary: string) => writeFileSync(temporary, content) };
}

/** Whether there is something that is no regular file; also the names that a system gives to what is open, whatever they lead to. */
async function isSpecial(file: string): Promise<boolean> {
  try {
    const facts = await inTime(stat(file));
    return !facts.isFile() || /^\/(?:dev|proc)\//.test(path.resolve(file));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    // A rename would put the file in the place of the link.
    if (await isLink(file)) throw new Error('it is a link that leads nowhere', { cause: error });
    return false;
  }
}

async function isLink(file: string): Promise<boolean> {
  return inTime(lstat(file)).then(
    (facts) => facts.isSymbolicLink(),
    () => false,
  );
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
