import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Application, Experiment, Finding, Result, Round } from '../model/index.ts';
import { belonging } from '../runtime/index.ts';
import { journalLineSchema, type JournalHeaderLine } from './journal.ts';
import { maximumResultBytes, readResultFile } from './result-file.ts';
import { StorageError } from './storage-error.ts';
import { firstProblem, parseUntrusted, readBounded } from './untrusted-json.ts';

/** Derives findings from raw rounds (the experiment room's `computeFindings`), for runs that were interrupted before they had any. */
export type FindingsOf = (inputs: {
  experiment: Experiment;
  application: Application;
  rounds: Round[];
  order: string[][];
}) => Finding[];

export interface JournalContent {
  header: JournalHeaderLine;
  rounds: Round[];
}

/** Where it cannot be known whether the owner lives, a journal that nobody touched for this long may be read as an interrupted run's, ms. */
const readableAfterMs = 6 * 3_600_000;

/**
 * Reads the journal of a run: its header and every round that was written whole. A last line that broke off is left out. Throws StorageError when
 * the header is missing or a line in the middle is damaged.
 */
export async function readJournal(file: string): Promise<JournalContent> {
  const text = await readBounded(file, maximumResultBytes);
  const end = text.lastIndexOf('\n') + 1;
  let header: JournalHeaderLine | null = null;
  const rounds: Round[] = [];
  for (const [index, line] of text.slice(0, end).split('\n').entries()) {
    if (line === '') continue;
    const name = `line ${index + 1} of the journal`;
    const parsed = journalLineSchema.safeParse(parseUntrusted(line, name));
    if (!parsed.success)
      throw new StorageError('bad-file', `${name} is damaged: ${firstProblem(parsed.error)}.`, { cause: parsed.error });
    if (parsed.data.type === 'header') header = parsed.data;
    else rounds.push(parsed.data.round);
  }
  if (header === null) throw new StorageError('bad-file', 'The journal has no header: the run ended before it began.');
  return { header, rounds };
}

/** Whether the run that writes this journal may still be alive, as far as reading it goes: nothing of a run that may live is removed. */
export async function isRunning(file: string, owner: string): Promise<boolean> {
  const state = await belonging({ owner });
  switch (state) {
    case 'held':
      return true;
    case 'left':
      return false;
    case 'unknown':
      return Date.now() - (await stat(file)).mtimeMs < readableAfterMs;
    default:
      return state satisfies never;
  }
}

/**
 * A result from its file, or from the journal of a run that left no result, whichever `file` is. Throws StorageError: one sentence naming file
 * and field.
 */
export function readResultOrJournal(file: string, findingsOf: FindingsOf): Promise<Result> {
  return path.extname(file) === '.ndjson' ? readInterrupted(file, findingsOf) : readResultFile(file);
}

/** Whether the journal is nobody's any more, which must be certain before it is removed. */
export async function isLeft({ header }: JournalContent): Promise<boolean> {
  return (await belonging({ owner: header.owner })) === 'left';
}

/**
 * The result of an interrupted run, from its journal. Throws StorageError when the run has not ended; one that may be alive counts as ended only
 * when `evenUnknown` says so.
 */
export async function readInterrupted(file: string, findingsOf: FindingsOf, evenUnknown = false): Promise<Result> {
  const content = await readJournal(file);
  const { header, rounds } = content;
  const state = await belonging({ owner: header.owner });
  if (evenUnknown ? state === 'held' : await isRunning(file, header.owner))
    throw new StorageError('running', `The run "${header.id}" has not ended yet.`);
  return interruptedResult(
    content,
    findingsOf({ experiment: header.experiment, application: header.application, rounds, order: header.order }),
  );
}

/** What an interrupted run had finished, as a result that says so. `findings` are computed by the caller, from the rounds. */
export function interruptedResult({ header, rounds }: JournalContent, findings: Finding[] = []): Result {
  const { type: _type, schema: _schema, version: _version, owner: _owner, ...known } = header;
  const last = rounds.at(-1);
  const endedAtMs = last === undefined ? Date.parse(header.startedAt) : last.startedAtMs + last.durationMs;
  return {
    schema: 'cleave/result',
    version: 1,
    ...known,
    tags: [],
    status: 'interrupted',
    reason: `The program ended before the experiment did; ${rounds.length} finished ${rounds.length === 1 ? 'round was' : 'rounds were'} kept.`,
    endedAt: new Date(endedAtMs).toISOString(),
    rounds,
    findings,
  };
}
