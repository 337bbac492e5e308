import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { inTime } from './in-time.ts';

/** Opens for reading. A pipe that nobody writes into opens at once too: what it is can be asked of the handle. Throws `ETIMEDOUT` when late. */
export function openQuickly(file: string): Promise<FileHandle> {
  // Windows has no such flag and no such pipes.
  const nonBlocking = process.platform === 'win32' ? 0 : constants.O_NONBLOCK;
  return inTime(open(file, constants.O_RDONLY | nonBlocking));
}
