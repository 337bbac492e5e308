import { open, rm, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { makeFolder, syncFolder } from '../files/index.ts';
import {
  loadWindowSchema,
  lookSchema,
  repeatSchema,
  resultSchema,
  roundSchema,
  type LoadWindow,
  type Look,
  type Repeat,
  type Result,
  type Round,
} from '../model/index.ts';
import { formatOwner, thisOwner } from '../runtime/index.ts';
import { writeAtomically } from './atomic-file.ts';
import { formatRecord } from './journal-record.ts';
import { journalVersion } from './migrations.ts';
import { placesOf } from './places.ts';
import { formatResult } from './result-file.ts';
import { fileProblem, StorageError } from './storage-error.ts';
import { writeSummary } from './summary.ts';
import { checkShape } from './untrusted-json.ts';

const headerSchema = resultSchema
  .pick({
    id: true,
    title: true,
    startedAt: true,
    experiment: true,
    application: true,
    environment: true,
    gate: true,
    order: true,
    sittings: true,
  })
  .extend({
    type: z.literal('header'),
    schema: z.literal('cleave/journal'),
    version: z.literal(2),
    owner: z.string().max(200),
  });

/** One record of a journal. */
export const journalLineSchema = z.discriminatedUnion('type', [
  headerSchema,
  /** A window of latency of a deployment that still runs; the round that ends later has it too. */
  z.strictObject({ type: z.literal('window'), roundId: z.string(), window: loadWindowSchema }),
  z.strictObject({ type: z.literal('round'), round: roundSchema }),
  z.strictObject({ type: z.literal('repeat'), repeat: repeatSchema }),
  z.strictObject({ type: z.literal('look'), look: lookSchema }),
]);
export type JournalHeaderLine = z.infer<typeof headerSchema>;

/** What a run knows before its first round. */
export type JournalHeader = Pick<
  Result,
  'id' | 'title' | 'startedAt' | 'experiment' | 'application' | 'environment' | 'gate' | 'order'
> &
  Partial<Pick<Result, 'sittings'>>;

/** The running notes of one experiment: only ever appended to, each record on the disk before the next step begins. */
export interface Journal {
  /** Where the notes are, for people. */
  readonly file: string;
  /** Keeps a finished round. Throws StorageError when it could not be written; earlier rounds stay readable. */
  append(round: Round): Promise<void>;
  /** Keeps a window of a round that goes on. */
  appendWindow(roundId: string, window: LoadWindow): Promise<void>;
  /** Keeps that something is measured again. */
  appendRepeat(repeat: Repeat): Promise<void>;
  /** Keeps that the findings were looked at. */
  appendLook(look: Look): Promise<void>;
  /** Puts the result in place in one step and drops the journal, whose rounds it has. Throws StorageError, and keeps the journal, when it could not. */
  finish(result: Result): Promise<void>;
  /** Lets go of the file without a result; what was written stays and can be recovered. */
  close(): Promise<void>;
}

/** Begins the journal of a run under `<data>/results/<id>/journal.ndjson`. Throws StorageError when there is one or the folder cannot be written. */
export async function openJournal(dataDirectory: string, header: JournalHeader): Promise<Journal> {
  const places = placesOf(dataDirectory, header.id);
  let file: FileHandle;
  try {
    await makeFolder(places.folder);
    file = await open(places.journal, 'ax');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new StorageError('taken', `There is a run "${header.id}" already.`, { cause: error });
    }
    throw fileProblem(error, places.journal, 'written');
  }
  const records = appender(file, places.journal);
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await file.close();
  };
  try {
    await records({
      type: 'header',
      schema: 'cleave/journal',
      version: journalVersion,
      owner: formatOwner(await thisOwner()),
      ...header,
    });
    await syncFolder(places.folder);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    file: places.journal,
    append: (round) => records({ type: 'round', round }),
    appendWindow: (roundId, window) => records({ type: 'window', roundId, window }),
    appendRepeat: (repeat) => records({ type: 'repeat', repeat }),
    appendLook: (look) => records({ type: 'look', look }),
    close,
    finish: async (result) => {
      // What could not be read again must not take the place of the records it was made from.
      checkShape(resultSchema, result, 'what was measured', 'result');
      await writeAtomically(places.result, formatResult(result));
      await close();
      await writeSummary(places, result);
      await rm(places.journal, { force: true });
    },
  };
}

/** Appends records one after another; one that could not be written whole is taken back, so that it cannot spoil the next. */
export function appender(file: FileHandle, name: string): (record: Record<string, unknown>) => Promise<void> {
  let goodBytes = 0;
  let written = 0;
  let last: Promise<unknown> = Promise.resolve();
  const write = async (record: Record<string, unknown>) => {
    const bytes = Buffer.from(`${formatRecord(record, written + 1)}\n`);
    try {
      await file.appendFile(bytes);
      await file.datasync();
      goodBytes += bytes.length;
      written += 1;
    } catch (error) {
      await file.truncate(goodBytes).catch(() => undefined);
      throw fileProblem(error, name, 'written');
    }
  };
  return (record) => {
    const next = last.then(() => write(record));
    last = next.catch(() => undefined);
    return next;
  };
}
