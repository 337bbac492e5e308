import { stat } from 'node:fs/promises';
import path from 'node:path';
import {
  finishedBlocks,
  firstIssue,
  looksAtTheEnd,
  orderThatRan,
  gateOverTheRun,
  type Application,
  type Experiment,
  type Finding,
  type LoadWindow,
  type Look,
  type Repeat,
  type Result,
  type Round,
} from '../model/index.ts';
import { belonging } from '../runtime/index.ts';
import { linesInOrder, RecordNumbers } from './journal-order.ts';
import { journalLineSchema, type JournalHeaderLine } from './journal.ts';
import { labelled, legibleLabels } from './labels.ts';
import { journalMigrations, journalVersion } from './migrations.ts';
import { withPlainText } from './old-text.ts';
import { placesIn } from './places.ts';
import { maximumResultBytes, readResultFile, unreadableHistogram } from './result-file.ts';
import { StorageError } from './storage-error.ts';
import { readBounded } from './untrusted-json.ts';

/** Derives findings from raw rounds (the experiment room's `computeFindings`), for runs that were interrupted before they had any. */
export type FindingsOf = (inputs: {
  experiment: Experiment;
  application: Application;
  rounds: Round[];
  order: string[][];
  looks: Look[];
}) => Finding[];

export interface JournalContent {
  header: JournalHeaderLine;
  rounds: Round[];
  /** Windows of rounds that never ended, with the round's id. */
  windows: { roundId: string; window: LoadWindow }[];
  repeats: Repeat[];
  looks: Look[];
  /** What could not be read and is left out, a sentence each: "line 4 of the journal is damaged: …". */
  damaged: string[];
}

/** Where it cannot be known whether the owner lives, a journal that nobody touched for this long may be read as an interrupted run's, ms. */
const readableAfterMs = 6 * 3_600_000;

/**
 * Reads the journal of a run: its header and every record that was written whole. A last line that broke off is left out; a damaged record loses itself only and is named in
 * `damaged`. Throws StorageError when the header is missing, damaged or of a newer version.
 */
export async function readJournal(file: string): Promise<JournalContent> {
  const text = await readBounded(file, maximumResultBytes);
  const end = text.lastIndexOf('\n') + 1;
  const content: Omit<JournalContent, 'header'> = { rounds: [], windows: [], repeats: [], looks: [], damaged: [] };
  let header: JournalHeaderLine | null = null;
  let version: number | null = null;
  const numbers = new RecordNumbers();
  for (const { name, text: line, read } of linesInOrder(text.slice(0, end))) {
    version ??= 'record' in read ? versionOf(read.record, name) : null;
    const damaged = (why: string) => {
      const sentence = `${name} is damaged: ${why}`;
      if (header === null) throw new StorageError('bad-file', `${sentence}.`);
      content.damaged.push(sentence);
    };
    if ('problem' in read) {
      numbers.lineIsDamaged();
      damaged(read.problem);
      continue;
    }
    const { refused, missing } = numbers.next(read.number);
    if (refused !== null) {
      damaged(refused);
      continue;
    }
    if (missing !== null) damaged(missing);
    if (!read.summed && version === journalVersion) {
      damaged('it has no checksum');
      continue;
    }
    const parsed = journalLineSchema.safeParse(
      withPlainText(journalMigrations[version ?? journalVersion]?.(read.record) ?? read.record, line),
    );
    if (!parsed.success) damaged(firstIssue(parsed.error));
    else if (parsed.data.type === 'header') {
      if (header !== null)
        throw new StorageError('bad-file', `${name} is a second header: this is not the journal of one run.`);
      header = parsed.data;
    } else if (parsed.data.type === 'round') {
      const field = unreadableHistogram(parsed.data.round);
      if (field === null) content.rounds.push(parsed.data.round);
      else damaged(`field "round.${field.path}" ${field.problem}`);
    } else if (parsed.data.type === 'window')
      content.windows.push({ roundId: parsed.data.roundId, window: parsed.data.window });
    else if (parsed.data.type === 'repeat') content.repeats.push(parsed.data.repeat);
    else content.looks.push(parsed.data.look);
  }
  if (header === null) throw new StorageError('bad-file', 'The journal has no header: the run ended before it began.');
  const ended = new Set(content.rounds.map((round) => round.id));
  return { header, ...content, windows: content.windows.filter(({ roundId }) => !ended.has(roundId)) };
}

/** The version that the header says; null for what is no header. Throws StorageError for a newer one. */
function versionOf(record: unknown, name: string): number | null {
  if (typeof record !== 'object' || record === null || !('version' in record)) return null;
  const { version } = record;
  if (typeof version !== 'number') return null;
  if (version > journalVersion)
    throw new StorageError(
      'newer-version',
      `${name} was written by a newer Cleave (field "version" is ${version}, this one reads up to ${journalVersion}); update Cleave to open it.`,
    );
  return version;
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
 * A result from its file, or from the journal of a run that left no result, whichever `file` is; in a folder of results as it is called there. Throws
 * StorageError: one sentence naming file and field.
 */
export async function readResultOrJournal(file: string, findingsOf: FindingsOf): Promise<Result> {
  const result = await (path.extname(file) === '.ndjson' ? readInterrupted(file, findingsOf) : readResultFile(file));
  const { folder, ...known } = placesIn(path.dirname(file));
  return Object.values(known).includes(file) ? labelled(result, await legibleLabels(folder)) : result;
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
  const { experiment, application } = header;
  const { order, looks } = whatRan(content);
  return interruptedResult(content, findingsOf({ experiment, application, rounds, order, looks }));
}

/** The blocks that an interrupted run came to, and the looks at which they are judged. */
function whatRan({ header: { experiment, order }, rounds, looks }: JournalContent): {
  order: string[][];
  looks: Look[];
} {
  return {
    order: orderThatRan(experiment, order, rounds),
    looks: looksAtTheEnd(experiment.looks, looks, finishedBlocks(experiment, rounds)),
  };
}

/** What an interrupted run had finished, as a result that says so. `findings` are computed by the caller, from the rounds. */
export function interruptedResult(content: JournalContent, findings: Finding[] = []): Result {
  const { header, rounds, repeats, damaged } = content;
  const { type: _type, schema: _schema, version: _version, owner: _owner, ...known } = header;
  // Rounds are told by a wall clock that may have been set back: nothing ended before it began.
  const endedAtMs = Math.max(
    Date.parse(header.startedAt),
    ...rounds.map(({ startedAtMs, durationMs }) => startedAtMs + durationMs),
  );
  return {
    schema: 'cleave/result',
    version: 2,
    rules: 2,
    ...known,
    gate: gateOverTheRun(known.gate, rounds),
    tags: [],
    status: 'interrupted',
    reason: `The program ended before the experiment did; ${rounds.length} finished ${rounds.length === 1 ? 'round was' : 'rounds were'} kept.${damaged.length === 0 ? '' : ` Left out: ${damaged.join('; ')}.`}`,
    endedAt: new Date(endedAtMs).toISOString(),
    ...whatRan(content),
    repeats,
    rounds,
    findings,
  };
}
