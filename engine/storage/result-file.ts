import path from 'node:path';
import { decodeHistogram, longestHistogram, resultSchema, type Result } from '../model/index.ts';
import { damagedField, fieldSums } from './checksum.ts';
import { migrate, resultFormat } from './migrations.ts';
import { withPlainText } from './old-text.ts';
import { StorageError } from './storage-error.ts';
import { checkShape, parseUntrusted, readBounded } from './untrusted-json.ts';

/** Largest result file that is read, bytes. */
export const maximumResultBytes = 100_000_000;

/** Reads a result of any version from a file that anybody may have written. Throws StorageError: one sentence naming file and field. */
export async function readResultFile(file: string): Promise<Result> {
  return parseResult(await readBounded(file, maximumResultBytes), path.basename(file));
}

/** The same from text; `name` is how the source is called in messages. */
export function parseResult(text: string, name: string): Result {
  if (text.length > maximumResultBytes)
    throw new StorageError('too-large', `${name} is larger than ${maximumResultBytes / 1e6} MB.`);
  const content = withPlainText(checkedFields(parseUntrusted(text, name), name), text);
  const current = migrate(content, name, resultFormat);
  return checkShape(resultSchema, current, name, 'result');
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

/**
 * Checks what a schema cannot see: that every histogram can be read. For results that come from elsewhere; throws StorageError naming
 * the field.
 */
export function checkHistograms(result: Result, name: string): void {
  const check = (text: string | null, field: string) => {
    if (text === null || text === '') return;
    const problem = text.length > longestHistogram ? 'is far too long for a histogram' : undecodable(text);
    if (problem !== null)
      throw new StorageError('bad-file', `${name} is not a usable result: field "${field}" ${problem}.`);
  };
  for (const [index, round] of result.rounds.entries()) {
    const loads = [
      ['latency', round.latency] as const,
      ['higher.load', round.higher?.load] as const,
      ...round.windows.map((window, at) => [`windows.${at}.load`, window.load] as const),
    ];
    for (const [place, load] of loads) {
      for (const [endpoint, one] of Object.entries(load?.endpoints ?? {})) {
        for (const field of ['responseTime', 'punctualTime', 'serviceTime', 'failureAge'] as const)
          check(one[field], `rounds.${index}.${place}.endpoints.${endpoint}.${field}`);
      }
    }
  }
}

function undecodable(text: string): string | null {
  try {
    decodeHistogram(text);
    return null;
  } catch {
    return 'is not an encoded histogram';
  }
}

/** A result as the text of its file, with the checksums of its fields. */
export function formatResult(result: Result): string {
  return `${JSON.stringify({ ...result, sums: fieldSums(fieldsOf(result)) })}\n`;
}
