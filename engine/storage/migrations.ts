import { z } from 'zod';
import { experimentFromVersion1, journalLineFromVersion1, resultFromVersion1 } from './from-version-1.ts';
import { StorageError } from './storage-error.ts';

const stampSchema = z.looseObject({ schema: z.string(), version: z.number().int().min(1) });

/** A kind of file with a version number and the way from each older version to the next. */
export interface VersionedFormat {
  /** Value of the field `schema`, for example `cleave/result`. */
  schema: string;
  current: number;
  /** One step each: from the version that is its key to the next. */
  migrations: Readonly<Record<number, (old: unknown) => unknown>>;
}

/** The format of result files. */
export const resultFormat: VersionedFormat = {
  schema: 'cleave/result',
  current: 2,
  migrations: { 1: resultFromVersion1 },
};

/** The format of experiments. */
export const experimentFormat: VersionedFormat = {
  schema: 'cleave/experiment',
  current: 2,
  migrations: { 1: experimentFromVersion1 },
};

/** The version of journals that is written. */
export const journalVersion = 2;
/** The line of a journal of an older version as one of the current. */
export const journalMigrations: Readonly<Record<number, (line: unknown) => unknown>> = { 1: journalLineFromVersion1 };

/**
 * Brings a file's content to the current version, one step at a time. Throws StorageError (`newer-version`, `bad-file`) in one sentence when
 * it is something else, newer than this program, or too old.
 */
export function migrate(content: unknown, name: string, format: VersionedFormat): unknown {
  const stamp = stampSchema.safeParse(content);
  if (!stamp.success || stamp.data.schema !== format.schema) {
    throw new StorageError(
      'bad-file',
      `${name} is not a file of Cleave's: field "schema" must be "${format.schema}" and field "version" a whole number.`,
    );
  }
  if (stamp.data.version > format.current) {
    throw new StorageError(
      'newer-version',
      `${name} was written by a newer Cleave (field "version" is ${stamp.data.version}, this one reads up to ${format.current}); update Cleave to open it.`,
    );
  }
  let value: unknown = content;
  for (let version = stamp.data.version; version < format.current; version += 1) {
    const step = format.migrations[version];
    if (step === undefined)
      throw new StorageError('bad-file', `${name} has field "version" ${version}, which this Cleave no longer reads.`);
    value = step(value);
  }
  return value;
}
