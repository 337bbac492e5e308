import path from 'node:path';
import { z } from 'zod';
import { resultSchema, type Result } from '../model/index.ts';
import { writeAtomically } from './atomic-file.ts';
import { migrate, type VersionedFormat } from './migrations.ts';
import { StorageError } from './storage-error.ts';
import { checkShape, parseUntrusted, readBounded } from './untrusted-json.ts';

const maximumBytes = 1_000_000;
const format: VersionedFormat = { schema: 'cleave/labels', current: 1, migrations: {} };
const { title, tags, notes } = resultSchema.shape;
const labelsSchema = z.strictObject({
  schema: z.literal('cleave/labels'),
  version: z.literal(1),
  title: title.optional(),
  tags: tags.unwrap().optional(),
  notes,
});

/** What a person called a result, kept beside it: the result itself, or the journal of a run without one, is never written again. */
export type Labels = Pick<Partial<Result>, 'title' | 'tags' | 'notes'>;

/** The file of the labels of whatever lies in a folder of one result. */
export function labelsFile(folder: string): string {
  return path.join(folder, 'labels.json');
}

/** The labels in a folder of a result; none where nobody gave any. Throws StorageError when they cannot be read. */
export async function readLabels(folder: string): Promise<Labels> {
  let text: string;
  try {
    text = await readBounded(labelsFile(folder), maximumBytes);
  } catch (error) {
    if (error instanceof StorageError && error.code === 'not-found') return {};
    throw error;
  }
  const content = migrate(parseUntrusted(text, 'labels.json'), 'labels.json', format);
  const {
    schema: _schema,
    version: _version,
    ...labels
  } = checkShape(labelsSchema, content, 'labels.json', 'set of labels');
  return labels;
}

/** The labels that can be read: damaged ones hide no result. `onDamaged` hears of them. */
export async function legibleLabels(
  folder: string,
  onDamaged: (problem: string) => void = () => undefined,
): Promise<Labels> {
  return readLabels(folder).catch((error: unknown) => {
    onDamaged(error instanceof Error ? error.message : String(error));
    return {};
  });
}

const changing = new Map<string, Promise<unknown>>();

/**
 * Changes some labels and keeps the others, one change after another. Throws StorageError when they could not be written, and when a newer
 * Cleave wrote those that are there; damaged ones are written anew.
 */
export async function changeLabels(folder: string, change: Labels): Promise<void> {
  const write = async () => {
    const before = await readLabels(folder).catch((error: unknown) => {
      if (error instanceof StorageError && error.code === 'bad-file') return {};
      throw error;
    });
    const labels = { schema: format.schema, version: format.current, ...before, ...change };
    await writeAtomically(labelsFile(folder), `${JSON.stringify(labels, null, 2)}\n`);
  };
  const mine = (changing.get(folder) ?? Promise.resolve()).then(write, write);
  changing.set(folder, mine);
  try {
    await mine;
  } finally {
    if (changing.get(folder) === mine) changing.delete(folder);
  }
}

/** The same thing as it was called since. Pure. */
export function labelled<T extends Labels>(thing: T, labels: Labels): T {
  return { ...thing, ...labels };
}
