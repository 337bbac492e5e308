import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { nameSchema, type ResultSummary, type Trashed } from '../model/index.ts';
import { savedExperiments, savedTopologies } from './collection.ts';
import { exists } from './exists.ts';
import { move } from './move.ts';
import { isResultId, placesIn, placesOf, trashFolder, trashOf } from './places.ts';
import { isRunning, readJournal } from './recover.ts';
import { summaryIn } from './results.ts';
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

/** What is in the trash, what went there last first. What cannot be read is left out, and goes with the rest when the trash is emptied. */
export async function listTrash(dataDirectory: string): Promise<Trashed[]> {
  const experiments = savedExperiments(dataDirectory);
  const lists = await Promise.all([
    trashedResults(dataDirectory),
    experiments.trashed().then((all) =>
      all.map(({ id, atMs, thing: { title, variants } }): Trashed => {
        return { kind: 'experiment', id, atMs, title, about: variants.map(({ name }) => name).join(' · ') };
      }),
    ),
    trashedCuts(dataDirectory),
  ]);
  return lists.flat().toSorted((a, b) => b.atMs - a.atMs || a.id.localeCompare(b.id));
}

async function trashedResults(dataDirectory: string): Promise<Trashed[]> {
  const folder = trashFolder(dataDirectory);
  const ids = (await readdir(folder).catch(() => [])).filter(isResultId);
  const found = await Promise.all(
    ids.map(async (id): Promise<Trashed[]> => {
      const place = path.join(folder, id);
      const summary = await summaryIn(placesIn(place)).catch(() => null);
      if (summary === null) return [];
      const { title, variants, headlines } = summary;
      const about = [variants.join(' · '), headlines[0] ?? ''].filter(Boolean).join(' – ');
      return [{ kind: 'result', id, title, about, atMs: (await stat(place)).ctimeMs }];
    }),
  );
  return found.flat();
}

async function trashedCuts(dataDirectory: string): Promise<Trashed[]> {
  const applications = await readdir(trashOf(dataDirectory, 'topologies')).catch(() => []);
  const found = await Promise.all(
    applications
      .filter((name) => nameSchema.safeParse(name).success)
      .map(async (application) =>
        (await savedTopologies(dataDirectory, application).trashed()).map(
          ({ id, atMs, thing: { name, units } }): Trashed => ({
            ...{ kind: 'cut', id: `${application}/${id}`, atMs, title: name },
            about: `${application}: ${units.map((unit) => unit.name).join(' · ')}`,
          }),
        ),
      ),
  );
  return found.flat();
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

/** Brings back what is in the trash. Throws StorageError when it is not there or its place is taken. */
export async function restore(dataDirectory: string, kind: Trashed['kind'], id: string): Promise<void> {
  switch (kind) {
    case 'result':
      await restoreResult(dataDirectory, id);
      return;
    case 'experiment':
      return savedExperiments(dataDirectory).restore(id);
    case 'cut': {
      const [application = '', name = ''] = id.split('/');
      return savedTopologies(dataDirectory, application).restore(name);
    }
  }
}

/** Removes everything in the trash for good; answers how many things that were. */
export async function emptyTrash(dataDirectory: string): Promise<number> {
  const { length } = await listTrash(dataDirectory);
  const folder = trashFolder(dataDirectory);
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    throw fileProblem(error, folder, 'emptied');
  }
  return length;
}
