import path from 'node:path';
import { StorageError } from './storage-error.ts';

const idForm = /^[a-z0-9-]{1,80}$/;

/** Where the files of one result lie. Throws StorageError when the id is not one, so that no id leads out of the folder. */
export function placesOf(dataDirectory: string, id: string) {
  if (!idForm.test(id))
    throw new StorageError(
      'not-found',
      `"${id}" is not the id of a result: 1 to 80 lower-case letters, digits and hyphens.`,
    );
  return {
    ...placesIn(path.join(resultsFolder(dataDirectory), id)),
    trashed: path.join(trashFolder(dataDirectory), id),
  };
}

/** The files of one result in its folder. */
export function placesIn(folder: string) {
  return {
    folder,
    result: path.join(folder, 'result.json'),
    summary: path.join(folder, 'summary.json'),
    journal: path.join(folder, 'journal.ndjson'),
  };
}
export type Places = ReturnType<typeof placesIn>;

export function trashFolder(dataDirectory: string): string {
  return path.join(dataDirectory, 'trash');
}

/** Where deleted things of a collection go; no result can have that id. */
export function trashOf(dataDirectory: string, collection: 'experiments' | 'topologies'): string {
  return path.join(trashFolder(dataDirectory), `_${collection}`);
}

export function resultsFolder(dataDirectory: string): string {
  return path.join(dataDirectory, 'results');
}

export function isResultId(name: string): boolean {
  return idForm.test(name);
}
