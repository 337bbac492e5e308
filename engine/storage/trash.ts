import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, syncFolder } from '../files/index.ts';
import type { ResultSummary } from '../model/index.ts';
import { exists } from './exists.ts';
import { isResultId, placesIn, placesOf, trashFolder } from './places.ts';
import { isRunning, readJournal } from './recover.ts';
import { newestFirst, summaryIn } from './results.ts';
import { fileProblem, StorageError } from './storage-error.ts';

/** Moves a result into the trash. */
export async function trashResult(dataDirectory: string, id: string): Promise<void> {
  const places = placesOf(dataDirectory, id);
  if (!(await exists(places.folder))) throw new StorageError('not-found', `There is no result "${id}".`);
  if (!(await exists(places.result)) && (await exists(places.journal))) {
    const running = await readJournal(places.journal).then(
      ({ header }) => isRunning(places.journal, header.owner),
      () => false,
    );
    if (running) throw new StorageError('running', `The run "${id}" has not ended yet; cancel it first.`);
  }
  // What was trashed under this id before has been restored or is the older copy of the same thing.
  await move(places.folder, places.trashed, { replace: true });
}

/** What is in the trash, newest first. What cannot be read is left out, and goes with the rest when the trash is emptied. */
export async function listTrash(dataDirectory: string): Promise<ResultSummary[]> {
  const folder = trashFolder(dataDirectory);
  const names = await readdir(folder).catch(() => []);
  const summaries = await Promise.all(
    names.filter(isResultId).map((id) => summaryIn(placesIn(path.join(folder, id))).catch(() => null)),
  );
  return newestFirst(summaries.filter((summary) => summary !== null));
}

/** Brings a result back from the trash. Throws StorageError when it is not there or its place is taken. */
export async function restoreResult(dataDirectory: string, id: string): Promise<ResultSummary> {
  const places = placesOf(dataDirectory, id);
  if (!(await exists(places.trashed))) throw new StorageError('not-found', `There is no result "${id}" in the trash.`);
  if (await exists(places.folder))
    throw new StorageError('taken', `There is a result "${id}" already; it was not replaced.`);
  await move(places.trashed, places.folder, { replace: false });
  const summary = await summaryIn(places);
  if (summary === null) throw new StorageError('not-found', `There is no result "${id}".`);
  return summary;
}

/** Removes everything in the trash for good; answers how many results that were. */
export async function emptyTrash(dataDirectory: string): Promise<number> {
  const folder = trashFolder(dataDirectory);
  const names = await readdir(folder).catch(() => []);
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    throw fileProblem(error, folder, 'emptied');
  }
  return names.length;
}

async function move(from: string, to: string, { replace }: { replace: boolean }): Promise<void> {
  try {
    await makeFolder(path.dirname(to));
    if (replace) await rm(to, { recursive: true, force: true });
    await rename(from, to);
    await syncFolder(path.dirname(to));
  } catch (error) {
    throw fileProblem(error, from, 'moved');
  }
}
