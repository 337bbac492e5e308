import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';

const maximumBytes = 2_000_000;

/** A folder of small JSON files, one a thing, named by the thing's name. */
export interface Library<T> {
  /** Everything that can be read, by name; a damaged file is left alone and left out. */
  list(): Promise<T[]>;
  save(name: string, thing: T): Promise<void>;
  /** Does nothing when there is none of that name. */
  delete(name: string): Promise<void>;
}

/** Names must be safe as file names: the schemas at the door see to it. */
export function openLibrary<T>(folder: string, schema: z.ZodType<T>): Library<T> {
  const fileOf = (name: string) => path.join(folder, `${name}.json`);
  return {
    list: async () => {
      const names = await readdir(folder).catch(() => []);
      const read = names
        .filter((name) => name.endsWith('.json'))
        .toSorted()
        .map((name) => readThing(path.join(folder, name), schema));
      return (await Promise.all(read)).filter((thing) => thing !== null);
    },
    save: async (name, thing) => {
      await mkdir(folder, { recursive: true });
      const beside = `${fileOf(name)}.${process.pid}.new`;
      await writeFile(beside, JSON.stringify(thing, null, 2));
      await rename(beside, fileOf(name));
    },
    delete: (name) => rm(fileOf(name), { force: true }),
  };
}

async function readThing<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  try {
    if ((await stat(file)).size > maximumBytes) return null;
    const parsed = schema.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
