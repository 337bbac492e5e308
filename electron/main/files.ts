import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { makeFolderSync } from '../../engine/files/index.ts';

const maximumBytes = 1_000_000;

/**
 * Writes beside and renames, so that a crash leaves the old file or the new one. Throws what the file system throws, and when something is there
 * that is no regular file: a device would be replaced.
 */
export function writeAtomically(file: string, content: string | Uint8Array): void {
  makeFolderSync(path.dirname(file));
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) throw new Error(`${file} is not a file`);
  const beside = `${file}.${process.pid}.new`;
  try {
    writeFileSync(beside, content);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** Reads a small JSON file through `schema`; null when it is missing, too large, broken or of another shape. */
export function readJson<T>(file: string, schema: z.ZodType<T>): T | null {
  try {
    if (statSync(file).size > maximumBytes) return null;
    const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
