import { readdir, rm } from 'node:fs/promises';
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
import { experimentFormat, migrate, type VersionedFormat } from './migrations.ts';
import { withPlainText } from './old-text.ts';
import { StorageError } from './storage-error.ts';
import { checkShape, parseUntrusted, parseUntrustedYaml, readBounded } from './untrusted-json.ts';

const maximumBytes = 1_000_000;

/** A folder of small JSON files, one a thing, each named by the thing's name. */
export interface Collection<T> {
  /** Everything that can be read, by name; damaged files are left alone and out. */
  list(): Promise<T[]>;
  /** Throws StorageError when there is none, or it is damaged (naming the field). */
  get(name: string): Promise<T>;
  /** Throws StorageError naming the field when the thing is not valid. */
  save(thing: T): Promise<void>;
  /** Does nothing when there is none of that name. */
  delete(name: string): Promise<void>;
}

/** Opens a collection in `folder`, which is made with the first thing saved. */
export function openCollection<T extends { name: string }>(
  folder: string,
  schema: z.ZodType<T>,
  what: string,
  format?: VersionedFormat,
): Collection<T> {
  const fileOf = (name: string) => path.join(folder, `${checkShape(nameSchema, name, `"${name}"`, 'name')}.json`);
  // What an earlier version kept still opens.
  const get = async (name: string) => readSmall(fileOf(name), schema, what, format, withPlainText);
  return {
    get,
    list: async () => {
      const files = await readdir(folder).catch(() => []);
      const names = files
        .filter((file) => file.endsWith('.json'))
        .map((file) => file.slice(0, -'.json'.length))
        .toSorted();
      const things = await Promise.all(names.map((name) => get(name).catch(() => null)));
      return things.filter((thing) => thing !== null);
    },
    save: async (thing) => {
      const checked = checkShape(schema, thing, `"${thing.name}"`, what);
      await writeAtomically(fileOf(checked.name), `${JSON.stringify(checked, null, 2)}\n`);
    },
    delete: (name) => rm(fileOf(name), { force: true }),
  };
}

/** The topologies a person drew for one application. */
export function savedTopologies(dataDirectory: string, application: string): Collection<Topology> {
  return openCollection(
    path.join(dataDirectory, 'topologies', nameSchema.parse(application)),
    topologySchema,
    'topology',
  );
}

/** The experiments a person saved. */
export function savedExperiments(dataDirectory: string): Collection<Experiment> {
  return openCollection(path.join(dataDirectory, 'experiments'), experimentSchema, 'experiment', experimentFormat);
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
