import path from 'node:path';
import { resultSchema, type Result, type Round } from '../model/index.ts';
import { damagedField, fieldSums } from './checksum.ts';
import { firstProblemOf } from './early-check.ts';
import { histogramProblem } from './histogram-bounds.ts';
import { migrate, resultFormat } from './migrations.ts';
import { withPlainText } from './old-text.ts';
import { StorageError } from './storage-error.ts';
import { checkShape, parseUntrusted, readBounded } from './untrusted-json.ts';

/** Largest result file that is read, bytes. */
export const maximumResultBytes = 100_000_000;

/** From that many characters on what is wrong could be wrong a million times. */
const large = 2_000_000;

/** Reads a result of any version from a file that anybody may have written. Throws StorageError: one sentence naming file and field. */
export async function readResultFile(file: string): Promise<Result> {
  return parseResult(await readBounded(file, maximumResultBytes), path.basename(file));
}

/** The same from text; `name` is how the source is called in messages. */
export async function parseResult(text: string, name: string): Promise<Result> {
  if (text.length > maximumResultBytes)
    throw new StorageError('too-large', `${name} is larger than ${maximumResultBytes / 1e6} MB.`);
  const content = withPlainText(checkedFields(parseUntrusted(text, name), name), text);
  const current = migrate(content, name, resultFormat);
  const problem = text.length > large ? await firstProblemOf(resultSchema, current) : null;
  if (problem !== null) throw new StorageError('bad-file', `${name} is not a usable result: ${problem}.`);
  const result = checkShape(resultSchema, current, name, 'result');
  if (Date.parse(result.endedAt) < Date.parse(result.startedAt))
    throw new StorageError('bad-file', `${name} is not a usable result: field "endedAt" is before field "startedAt".`);
  const ids = new Set<string>();
  for (const [index, round] of result.rounds.entries()) {
    if (ids.has(round.id))
      throw new StorageError(
        'bad-file',
        `${name} is not a usable result: field "rounds.${index}.id": "${round.id}" is there twice.`,
      );
    ids.add(round.id);
    const field = unreadableHistogram(round);
    if (field !== null)
      throw new StorageError(
        'bad-file',
        `${name} is not a usable result: field "rounds.${index}.${field.path}" ${field.problem}.`,
      );
  }
  return result;
}

/**
 * Holds a file's fields against its checksums and takes those off. A file without any (version 1, or one that a person made) is taken as it is. Throws
 * StorageError naming the field that does not fit.
 */
function checkedFields(content: unknown, name: string): unknown {
  if (!isObject(content) || !('sums' in content)) return content;
  const { sums, ...value } = content;
  const known = isObject(sums)
    ? Object.fromEntries(Object.entries(sums).map(([field, sum]) => [field, String(sum)]))
    : {};
  const damaged = damagedField(fieldsOf(value), known);
  if (damaged !== null)
    throw new StorageError('bad-file', `${name} is damaged: field "${damaged}" does not fit its checksum.`);
  return value;
}

/** The fields that have checksums: those of a result, and of its rounds one by one, by their path. */
function fieldsOf({ rounds, ...others }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (!Array.isArray(rounds)) return { ...others, rounds };
  const parts = rounds.flatMap((round: unknown, index): [string, unknown][] =>
    isObject(round)
      ? Object.entries(round).map(([field, part]) => [`rounds.${index}.${field}`, part])
      : [[`rounds.${index}`, round]],
  );
  return { ...others, ...Object.fromEntries(parts) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first histogram of a round that is none, which a schema cannot see; null when all can be read. */
export function unreadableHistogram(round: Round): { path: string; problem: string } | null {
  const loads = [
    ['latency', round.latency] as const,
    ['higher.load', round.higher?.load] as const,
    ...round.windows.map((window, at) => [`windows.${at}.load`, window.load] as const),
  ];
  for (const [place, load] of loads) {
    for (const [endpoint, one] of Object.entries(load?.endpoints ?? {})) {
      for (const field of ['responseTime', 'punctualTime', 'serviceTime', 'failureAge'] as const) {
        const text = one[field];
        const problem = text === null || text === '' ? null : histogramProblem(text);
        if (problem !== null) return { path: `${place}.endpoints.${endpoint}.${field}`, problem };
      }
    }
  }
  return null;
}

/** A result as the text of its file, with the checksums of its fields. */
export function formatResult(result: Result): string {
  return `${JSON.stringify({ ...result, sums: fieldSums(fieldsOf(result)) })}\n`;
}
