import type { FileHandle } from 'node:fs/promises';
import { inTime } from './in-time.ts';
import { openQuickly } from './open-quickly.ts';

/** For the next piece of a file, ms: what lies elsewhere is fetched first, and what has gone away since it was opened never comes. */
const PIECE_LIMIT_MS = 10_000;
const PIECE_BYTES = 256 * 1024;

/** Opens a file, looks at it and closes it again. A question to it that was given up is not waited for. Throws what `look` throws, what the file system throws, or `ETIMEDOUT`. */
export async function whileOpen<T>(file: string, look: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await openQuickly(file);
  try {
    return await look(handle);
  } finally {
    // A close waits for what is still being read, however long.
    await inTime(handle.close()).catch(() => undefined);
  }
}

/** The rest of a file, at most `mostBytes` of it. Throws `ETIMEDOUT` when no piece comes for 10 s. */
export async function readRest(handle: FileHandle, mostBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let missing = mostBytes; missing > 0;) {
    const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, missing));
    const { bytesRead } = await inTime(handle.read(piece, 0, piece.length, null), PIECE_LIMIT_MS);
    if (bytesRead === 0) break;
    pieces.push(piece.subarray(0, bytesRead));
    missing -= bytesRead;
  }
  return Buffer.concat(pieces);
}
