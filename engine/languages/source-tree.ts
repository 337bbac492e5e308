import { createHash } from 'node:crypto';
import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

export interface SourceTree {
  /** Contents by path relative to the folder, with forward slashes, sorted by it. */
  files: ReadonlyMap<string, Uint8Array>;
  folder: string;
}

export interface TreeWish {
  /** Real paths of the folders that it may lie in, and links in it may lead to. */
  fences: readonly string[];
  /** How they are called. */
  fencesInWords: string;
  /** Files as they are after changes, by absolute path. */
  edits: ReadonlyMap<string, string>;
  /** Which files and folders are taken, by their name alone. */
  isTaken: (name: string) => boolean;
}

const mostFiles = 2000;
const mostBytes = 20_000_000;

/** Every file of a folder that is the program's own. Throws an Error where something in it leads out of the fences, or where it is too large to be sources. */
export async function readTree(folder: string, wish: TreeWish): Promise<SourceTree> {
  const real = await realpath(folder).catch(() => null);
  if (real === null || !(await stat(real)).isDirectory()) throw new Error(`there is no folder ${folder}`);
  if (!isWithin(wish.fences, real)) throw outside(real, wish);
  const files = new Map<string, Uint8Array>();
  await collect(folder, folder, wish, files);
  for (const [file, text] of wish.edits) {
    const path = relative(folder, file).split(sep);
    if (file.startsWith(folder + sep) && path.every(wish.isTaken))
      files.set(path.join('/'), new TextEncoder().encode(text));
  }
  return { folder, files: new Map([...files].toSorted(([one], [other]) => (one < other ? -1 : 1))) };
}

async function collect(root: string, folder: string, wish: TreeWish, files: Map<string, Uint8Array>): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!wish.isTaken(entry.name)) continue;
    const place = join(folder, entry.name);
    if (entry.isDirectory()) {
      await collect(root, place, wish, files);
      continue;
    }
    const leadsTo = entry.isSymbolicLink() ? await realpath(place).catch(() => place) : place;
    if (entry.isSymbolicLink() && !isWithin(wish.fences, leadsTo)) throw outside(leadsTo, wish);
    const facts = await stat(leadsTo);
    if (!facts.isFile()) throw new Error(`${place} is no file`);
    if (files.size >= mostFiles || facts.size > mostBytes)
      throw new Error(
        `${root} holds more than sources (allowed: ${mostFiles} files, ${mostBytes / 1_000_000} MB each)`,
      );
    files.set(relative(root, place).split(sep).join('/'), await readFile(leadsTo));
  }
}

function isWithin(fences: readonly string[], place: string): boolean {
  return fences.some((fence) => place === fence || place.startsWith(fence + sep));
}

function outside(place: string, { fencesInWords }: TreeWish): Error {
  return new Error(`it holds ${place}, which is outside of ${fencesInWords}`);
}

/** A hash of files by their paths: of the same ones the same. */
export function hashOfFiles(files: Iterable<readonly [string, Uint8Array]>): string {
  const hash = createHash('sha256');
  for (const [path, contents] of files)
    hash.update(path).update('\0').update(`${contents.byteLength}\0`).update(contents);
  return hash.digest('hex').slice(0, 16);
}
