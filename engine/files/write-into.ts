import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { inTime } from './in-time.ts';

const RETRY_MS = 10;
/** A reader of a pipe may come a little later than its writer. */
const READER_LIMIT_MS = 2000;

/**
 * Writes into something that is there and is no regular file: a terminal, a pipe, /dev/null. Nothing is made or replaced. Waits for a reader of a
 * pipe for 2 s, and then for as long as it reads. Throws what the file system throws; a disk or a socket is refused.
 */
export async function writeInto(target: string, content: string | Uint8Array): Promise<void> {
  const facts = await inTime(stat(target));
  if (facts.isBlockDevice()) throw new Error('it is a disk');
  if (facts.isSocket()) throw new Error('it is a socket');
  if (facts.isDirectory()) throw new Error('it is a folder');
  const handle = await openForReader(target);
  try {
    const bytes = Buffer.from(content);
    for (let done = 0; done < bytes.length;) done += await writeSome(handle, bytes.subarray(done));
  } finally {
    await handle.close();
  }
}

async function openForReader(target: string): Promise<FileHandle> {
  const endMs = performance.now() + READER_LIMIT_MS;
  for (;;) {
    try {
      return await inTime(open(target, constants.O_WRONLY | constants.O_NONBLOCK));
    } catch (error) {
      if (codeOf(error) !== 'ENXIO') throw error;
      if (performance.now() > endMs) throw new Error('nobody reads from it', { cause: error });
      await delay(RETRY_MS);
    }
  }
}

async function writeSome(handle: FileHandle, bytes: Buffer): Promise<number> {
  try {
    return (await handle.write(bytes)).bytesWritten;
  } catch (error) {
    // It is full until its reader has read.
    if (codeOf(error) !== 'EAGAIN') throw error;
    await delay(RETRY_MS);
    return 0;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
