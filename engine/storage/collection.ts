import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import {
  appSettingsSchema,
  experimentSchema,
  nameSchema,
  topologySchema,
  type AppSettings,
  type Experiment,
  type Topology,
} from '../model/index.ts';
import { writeAtomically } from './atomic-file.ts';
import { exists } from './exists.ts';
import { experimentFormat, migrate, type VersionedFormat } from './migrations.ts';
import { move } from './move.ts';
import { withPlainText } from './old-text.ts';
import { trashOf } from './places.ts';
import { StorageError } from './storage-error.ts';
import { checkShape, parseUntrusted, parseUntrustedYaml, readBounded } from './untrusted-json.ts';

const maximumBytes = 1_000_000;
const trashedId = /^[a-z0-9-]{1,40}(\.\d{1,6})?$/;

/** A folder of small JSON files, one a thing, each named by the thing's name. */
export interface Collection<T> {
  /** Everything that can be read, by name; damaged files are left alone and out. */
  list(): Promise<T[]>;
  /** Throws StorageError when there is none, or it is damaged (naming the field). */
  get(name: string): Promise<T>;
  /** Throws StorageError naming the field when the thing is not valid. */
  save(thing: T): Promise<void>;
  /** Moves it to the trash; answers what it is called there, or null when there is none of that name. */
  delete(name: string): Promise<string | null>;
  /** What is in the trash; `atMs`: since when, ms since the epoch. */
  trashed(): Promise<{ id: string; atMs: number; thing: T }[]>;
  /** Brings back what has that id in the trash. Throws StorageError when it is not there or its name is taken. */
  restore(id: string): Promise<void>;
}

/** Opens a collection in `folder`, which is made with the first thing saved. */
export function openCollection<T extends { name: string }>(
  folder: string,
  trash: string,
  schema: z.ZodType<T>,
  what: string,
  format?: VersionedFormat,
): Collection<T> {
  const fileOf = (name: string) => path.join(folder, `${checkShape(nameSchema, name, `"${name}"`, 'name')}.json`);
  // What an earlier version kept still opens.
  const read = (file: string) => readSmall(file, schema, what, format, withPlainText);
  const get = async (name: string) => read(fileOf(name));
  const trashFileOf = (id: string) => {
    if (!trashedId.test(id)) throw new StorageError('not-found', `"${id}" is not in the trash.`);
    return path.join(trash, `${id}.json`);
  };
  return {
    get,
    list: async () => {
      const things = await Promise.all((await namesIn(folder)).map((name) => get(name).catch(() => null)));
      return things.filter((thing) => thing !== null);
    },
    save: async (thing) => {
      const checked = checkShape(schema, thing, `"${thing.name}"`, what);
      await writeAtomically(fileOf(checked.name), `${JSON.stringify(checked, null, 2)}\n`);
    },
    delete: async (name) => {
      if (!(await exists(fileOf(name)))) return null;
      const id = await freeId(trash, name);
      await move(fileOf(name), trashFileOf(id), { replace: false });
      return id;
    },
    trashed: async () => {
      const found = await Promise.all(
        (await namesIn(trash)).map(async (id) => {
          const file = path.join(trash, `${id}.json`);
          const thing = await read(file).catch(() => null);
          return thing === null ? [] : [{ id, thing, atMs: (await stat(file)).ctimeMs }];
        }),
      );
      return found.flat();
    },
    restore: async (id) => {
      const { name } = await read(trashFileOf(id));
      if (await exists(fileOf(name)))
        throw new StorageError('taken', `There is a saved ${what} "${name}" already; it was not replaced.`);
      await move(trashFileOf(id), fileOf(name), { replace: false });
    },
  };
}

/** Names of the things in a folder, sorted. */
async function namesIn(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .toSorted();
}

/** `name`, or the first of `name.2`, `name.3`, ... of which there is none: what went to the trash before stays there. */
async function freeId(folder: string, name: string): Promise<string> {
  const taken = new Set(await namesIn(folder));
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? name : `${name}.${number}`;
    if (!taken.has(id)) return id;
  }
}

/** The topologies a person drew for one application. */
export function savedTopologies(dataDirectory: string, application: string): Collection<Topology> {
  const folder = checkShape(nameSchema, application, `"${application}"`, 'name');
  return openCollection(
    path.join(dataDirectory, 'topologies', folder),
    path.join(trashOf(dataDirectory, 'topologies'), folder),
    topologySchema,
    'topology',
  );
}

/** The experiments a person saved. */
export function savedExperiments(dataDirectory: string): Collection<Experiment> {
  return openCollection(
    path.join(dataDirectory, 'experiments'),
    trashOf(dataDirectory, 'experiments'),
    experimentSchema,
    'experiment',
    experimentFormat,
  );
}

/** Reads an experiment from a file (JSON, or YAML by its name) that anybody may have written; it is not run. Throws StorageError naming file and field. */
export function readExperimentFile(file: string): Promise<Experiment> {
  return readSmall(file, experimentSchema, 'experiment', experimentFormat);
}

/** The settings in `folder`; the defaults when there are none yet or they cannot be read. */
export async function readSettings(folder: string): Promise<AppSettings> {
  return readSmall(path.join(folder, 'settings.json'), appSettingsSchema, 'settings file').catch((error: unknown) => {
    if (error instanceof StorageError) return appSettingsSchema.parse({});
    throw error;
  });
}

export async function writeSettings(folder: string, settings: AppSettings): Promise<void> {
  const checked = checkShape(appSettingsSchema, settings, 'settings', 'set of settings');
  await writeAtomically(path.join(folder, 'settings.json'), `${JSON.stringify(checked, null, 2)}\n`);
}

async function readSmall<T>(
  file: string,
  schema: z.ZodType<T>,
  what: string,
  format?: VersionedFormat,
  mend: (content: unknown, text: string) => unknown = (content) => content,
): Promise<T> {
  const name = path.basename(file);
  const text = await readBounded(file, maximumBytes);
  const parse = /^\.ya?ml$/i.test(path.extname(file)) ? parseUntrustedYaml : parseUntrusted;
  const content = mend(parse(text, name), text);
  return checkShape(schema, format === undefined ? content : migrate(content, name, format), name, what);
}
