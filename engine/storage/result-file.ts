import path from 'node:path';
import { decodeHistogram, resultSchema, type Result } from '../model/index.ts';
import { migrate, resultFormat } from './migrations.ts';
import { StorageError } from './storage-error.ts';
import { checkShape, parseUntrusted, readBounded } from './untrusted-json.ts';

/** Largest result file that is read, bytes. */
export const maximumResultBytes = 100_000_000;
/** A histogram of three digits up to a minute never needs more, whatever was recorded, characters. */
const longestHistogram = 200_000;

/** Reads a result of any version from a file that anybody may have written. Throws StorageError: one sentence naming file and field. */
export async function readResultFile(file: string): Promise<Result> {
  return parseResult(await readBounded(file, maximumResultBytes), path.basename(file));
}

/** The same from text; `name` is how the source is called in messages. */
export function parseResult(text: string, name: string): Result {
  if (text.length > maximumResultBytes)
    throw new StorageError('too-large', `${name} is larger than ${maximumResultBytes / 1e6} MB.`);
  const current = migrate(parseUntrusted(text, name), name, resultFormat);
  return checkShape(resultSchema, current, name, 'result');
}

/**
 * Checks what a schema cannot see: that every histogram can be read. For results that come from elsewhere; throws StorageError naming
 * the field.
 */
export function checkHistograms(result: Result, name: string): void {
  const check = (text: string, field: string) => {
    if (text === '') return;
    const problem = text.length > longestHistogram ? 'is far too long for a histogram' : undecodable(text);
    if (problem !== null)
      throw new StorageError('bad-file', `${name} is not a usable result: field "${field}" ${problem}.`);
  };
  for (const [index, round] of result.rounds.entries()) {
    for (const [endpoint, load] of Object.entries(round.latency?.endpoints ?? {})) {
      check(load.responseTime, `rounds.${index}.latency.endpoints.${endpoint}.responseTime`);
      check(load.serviceTime, `rounds.${index}.latency.endpoints.${endpoint}.serviceTime`);
    }
    for (const [fault, { endpoints }] of round.isolation.entries()) {
      for (const [cell, windows] of endpoints.entries()) {
        for (const window of ['baseline', 'fault', 'recovery'] as const) {
          check(
            windows[window].responseTime,
            `rounds.${index}.isolation.${fault}.endpoints.${cell}.${window}.responseTime`,
          );
        }
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

/** A result as the text of its file. */
export function formatResult(result: Result): string {
  return `${JSON.stringify(result)}\n`;
}
