import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const recordSchema = z.strictObject({
  version: z.literal(1),
  session: z.string(),
  run: z.string(),
  owner: z.string(),
  lease: z.string(),
  /** Folder of the site: removed with it. */
  directory: z.string(),
  /** Folder of its servers of the store where that lies elsewhere: removed with it as well. */
  home: z.string().optional(),
  processes: z.array(z.strictObject({ pid: z.number().int().positive(), started: z.string() })),
});
/** What is written about a site of the process runtime before anything starts in it, so that others can clean up after a dead owner. */
export type SiteRecord = z.infer<typeof recordSchema>;

/** A record names a few processes; anything larger is none. */
const MOST_BYTES = 1_000_000;

export function recordsFolder(stateDir: string): string {
  return path.join(stateDir, 'sites');
}

/** Written synchronously and renamed into place: the record must be whole the moment a process exists. */
export function writeRecord(stateDir: string, siteId: string, record: SiteRecord): void {
  const folder = recordsFolder(stateDir);
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${siteId}.json`);
  try {
    writeFileSync(`${file}.new`, JSON.stringify(record));
    renameSync(`${file}.new`, file);
  } catch (error) {
    rmSync(`${file}.new`, { force: true });
    throw error;
  }
}

/** Whether the record is still there: what a sweep takes first to its end. */
export function hasRecord(stateDir: string, siteId: string): boolean {
  return existsSync(path.join(recordsFolder(stateDir), `${siteId}.json`));
}

export function removeRecord(stateDir: string, siteId: string): void {
  rmSync(path.join(recordsFolder(stateDir), `${siteId}.json`), { force: true });
}

/** Every readable record, with the time it was written; others, and what is no regular file, are left alone. */
export function readRecords(stateDir: string): { siteId: string; record: SiteRecord; writtenMs: number }[] {
  const folder = recordsFolder(stateDir);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    if (!name.endsWith('.json')) return [];
    try {
      const facts = lstatSync(path.join(folder, name));
      if (!facts.isFile() || facts.size > MOST_BYTES) return [];
      return [
        {
          writtenMs: facts.mtimeMs,
          siteId: name.slice(0, -'.json'.length),
          record: recordSchema.parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))),
        },
      ];
    } catch {
      return [];
    }
  });
}
