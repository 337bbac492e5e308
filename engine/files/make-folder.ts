import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { inTime } from './in-time.ts';

/**
 * Makes a folder and those above it that are missing; only the last gets `mode`. Fine if it is there. Node's own recursive way never comes to an
 * end where a folder can neither be found nor be made, as below /proc. Throws what the file system throws, or `ETIMEDOUT`.
 */
export async function makeFolder(folder: string, mode?: number): Promise<void> {
  await inTime(make(path.resolve(folder), mode));
}

async function make(folder: string, mode?: number): Promise<void> {
  const missing: string[] = [];
  let at = folder;
  for (; !(await isFolder(at)); at = path.dirname(at)) missing.push(at);
  for (const next of missing.toReversed()) {
    await mkdir(next, next === folder ? mode : undefined).catch(unlessThere);
  }
  // A link that leads nowhere is there and is no folder.
  if (missing.length > 0 && !(await isFolder(folder))) throw notMade(folder);
}

/** The same at once, for what has to be there before anything else happens. */
export function makeFolderSync(folder: string, mode?: number): void {
  const whole = path.resolve(folder);
  const missing: string[] = [];
  for (let at = whole; !isFolderSync(at); at = path.dirname(at)) missing.push(at);
  for (const next of missing.toReversed()) {
    try {
      mkdirSync(next, next === whole ? mode : undefined);
    } catch (error) {
      unlessThere(error);
    }
  }
  if (missing.length > 0 && !isFolderSync(whole)) throw notMade(whole);
}

async function isFolder(name: string): Promise<boolean> {
  try {
    return asFolder(name, (await stat(name)).isDirectory());
  } catch (error) {
    return unlessMissing(name, error);
  }
}

function isFolderSync(name: string): boolean {
  try {
    return asFolder(name, statSync(name).isDirectory());
  } catch (error) {
    return unlessMissing(name, error);
  }
}

function asFolder(name: string, isDirectory: boolean): true {
  if (!isDirectory) throw Object.assign(new Error(`${name} is not a folder`), { code: 'ENOTDIR' });
  return true;
}

function unlessMissing(name: string, error: unknown): false {
  if (codeOf(error) === 'ENOENT' && path.dirname(name) !== name) return false;
  throw error;
}

/** Somebody else may have made it meanwhile. */
function unlessThere(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error;
}

function notMade(folder: string): Error {
  return Object.assign(new Error(`${folder} is not a folder`), { code: 'ENOTDIR' });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
