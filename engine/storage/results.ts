import { readdir, rm, stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { notesSchema, resultSchema, type Result, type ResultSummary } from '../model/index.ts';
import { belonging } from '../runtime/index.ts';
import { writeAtomically } from './atomic-file.ts';
import { exists } from './exists.ts';
import { changeLabels, labelled, legibleLabels, type Labels } from './labels.ts';
import { isResultId, placesOf, resultsFolder, type Places } from './places.ts';
import {
  interruptedResult,
  isLeft,
  isRunning,
  readInterrupted,
  readJournal,
  readResultOrJournal,
  type FindingsOf,
} from './recover.ts';
import { formatResult, readResultFile } from './result-file.ts';
import { StorageError } from './storage-error.ts';
import { readSummary, summarize, writeSummary } from './summary.ts';
import { checkShape } from './untrusted-json.ts';

/**
 * All stored results, newest first, with runs that were interrupted (a journal whose owner is gone). Runs in progress and folders
 * that cannot be read are left out; `onDamaged` hears of the latter.
 */
export async function listResults(
  dataDirectory: string,
  onDamaged: (id: string, problem: string) => void = () => undefined,
): Promise<ResultSummary[]> {
  const names = await readdir(resultsFolder(dataDirectory)).catch(() => []);
  const summaries = await Promise.all(
    names.filter(isResultId).map(async (id) => {
      try {
        return await summaryIn(placesOf(dataDirectory, id), (problem) => onDamaged(id, problem));
      } catch (error) {
        onDamaged(id, error instanceof Error ? error.message : String(error));
        return null;
      }
    }),
  );
  return newestFirst(summaries.filter((summary) => summary !== null));
}

/** The summary of what lies in a folder, as it is called now; null for a run in progress and for nothing. Throws StorageError when it is damaged. */
export async function summaryIn(places: Places, onDamaged?: (problem: string) => void): Promise<ResultSummary | null> {
  const summary = await ownSummary(places);
  return summary === null ? null : labelled(summary, await legibleLabels(places.folder, onDamaged));
}

async function ownSummary(places: Places): Promise<ResultSummary | null> {
  if (await exists(places.result)) return readSummary(places);
  if (!(await exists(places.journal))) return null;
  const content = await readJournal(places.journal);
  return (await isRunning(places.journal, content.header.owner)) ? null : summarize(interruptedResult(content));
}

export function newestFirst(summaries: readonly ResultSummary[]): ResultSummary[] {
  return summaries.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt) || a.id.localeCompare(b.id));
}

/**
 * One result. An interrupted run is put together from its journal: status `interrupted`, its finished rounds, and findings when
 * `findingsOf` is given. Throws StorageError when there is none or it is still running.
 */
export async function getResult(dataDirectory: string, id: string, findingsOf: FindingsOf = () => []): Promise<Result> {
  const places = placesOf(dataDirectory, id);
  const files = [places.result, places.journal];
  for (const one of files) if (await exists(one)) return readResultOrJournal(one, findingsOf);
  throw new StorageError('not-found', `There is no result "${id}".`);
}

/**
 * Turns an interrupted run into a stored result with its finished rounds. Does nothing but read when it is one already. The journal goes only when
 * its run has certainly ended, or when a person says so (`evenUnknown`) of one that nobody can tell from here.
 */
export async function recoverResult(
  dataDirectory: string,
  id: string,
  findingsOf: FindingsOf,
  { evenUnknown = false }: { evenUnknown?: boolean } = {},
): Promise<Result> {
  const places = placesOf(dataDirectory, id);
  if (await exists(places.result)) return readResultOrJournal(places.result, findingsOf);
  if (!(await exists(places.journal))) throw new StorageError('not-found', `There is no result "${id}".`);
  const left = await isLeft(await readJournal(places.journal));
  const result = await readInterrupted(places.journal, findingsOf, evenUnknown);
  await storeResult(dataDirectory, result);
  if (left || evenUnknown) await rm(places.journal, { force: true });
  return labelled(result, await legibleLabels(places.folder));
}

/** Journals without a result of which nobody can tell from here whether their run is alive; `writtenMs`: last written, ms since the epoch. */
export async function unknownJournals(dataDirectory: string): Promise<{ id: string; writtenMs: number }[]> {
  const names = await readdir(resultsFolder(dataDirectory)).catch(() => []);
  const found = await Promise.all(
    names.filter(isResultId).map(async (id) => {
      const places = placesOf(dataDirectory, id);
      if (await exists(places.result)) return [];
      try {
        const { header } = await readJournal(places.journal);
        if ((await belonging({ owner: header.owner })) !== 'unknown') return [];
        return [{ id, writtenMs: (await stat(places.journal)).mtimeMs }];
      } catch {
        // No journal, or one that nothing can be made of.
        return [];
      }
    }),
  );
  return found.flat();
}

/** Gives a result another title. Throws StorageError naming the field when the title cannot be one. */
export async function renameResult(dataDirectory: string, id: string, title: string): Promise<ResultSummary> {
  return label(dataDirectory, id, { title: checkShape(resultSchema.shape.title, title, 'title', 'title') });
}

/** Replaces a result's tags; doubles are dropped. */
export async function tagResult(dataDirectory: string, id: string, tags: readonly string[]): Promise<ResultSummary> {
  return label(dataDirectory, id, {
    tags: checkShape(resultSchema.shape.tags, [...new Set(tags)], 'tags', 'list of tags'),
  });
}

/** Replaces what is noted about a result. */
export async function noteResult(dataDirectory: string, id: string, notes: string): Promise<ResultSummary> {
  return label(dataDirectory, id, { notes: checkShape(notesSchema, notes, 'notes', 'note') });
}

async function label(dataDirectory: string, id: string, change: Labels): Promise<ResultSummary> {
  const places = placesOf(dataDirectory, id);
  const summary = await summaryIn(places);
  if (summary === null)
    throw (await exists(places.journal))
      ? new StorageError('running', `The run "${id}" has not ended yet.`)
      : new StorageError('not-found', `There is no result "${id}".`);
  await changeLabels(places.folder, change);
  return labelled(summary, change);
}

/**
 * Takes in a result file that anybody may have written: bounded, checked whole, nothing run. Under a free id when its own is taken by another
 * result; the same result, whatever it was called since, is not taken in twice. Throws StorageError: one sentence naming file and field.
 */
export async function importResult(dataDirectory: string, file: string): Promise<ResultSummary & { isNew: boolean }> {
  const read = await readResultFile(file);
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : `-${number}`;
    const id = `${read.id.slice(0, 80 - suffix.length)}${suffix}`;
    const places = placesOf(dataDirectory, id);
    if (!(await exists(places.folder))) {
      const result = { ...read, id };
      await storeResult(dataDirectory, result);
      return { ...summarize(result), isNew: true };
    }
    const there = await getResult(dataDirectory, id, () => read.findings).catch(() => null);
    if (there !== null && isDeepStrictEqual(unlabelled(there), unlabelled(read))) {
      const summary = await summaryIn(places);
      if (summary !== null) return { ...summary, isNew: false };
    }
  }
}

/** A result without what it is called. */
function unlabelled({ id: _id, title: _title, tags: _tags, notes: _notes, ...measured }: Result): object {
  return measured;
}

/** Writes a result as one JSON file, to be imported elsewhere. */
export async function exportResult(dataDirectory: string, id: string, file: string): Promise<void> {
  await writeAtomically(file, formatResult(await getResult(dataDirectory, id)));
}

/** Puts a whole result in its place, replacing one of the same id in one step. */
export async function storeResult(dataDirectory: string, result: Result): Promise<void> {
  const places = placesOf(dataDirectory, result.id);
  await writeAtomically(places.result, formatResult(result));
  await writeSummary(places, result);
}
