import path from 'node:path';
import type { z } from 'zod';
import { inTime, parseYaml, readRest, whileOpen } from '../files/index.ts';
import { decimalFigure, firstIssue, prototypeNamePath } from '../model/index.ts';
import { fileProblem, StorageError } from './storage-error.ts';
import { nameTwice, textBounds } from './text-bounds.ts';

/** Up to that many characters a text is one that a person may have written, who is told of a name that is there twice; programs write none. */
const longestByHand = 2_000_000;

/** Reads a text file of at most `maximumBytes`, without the mark that some editors put before it. Throws StorageError, also when it is larger, no file, of another encoding than UTF-8, or when it gives no answer. */
export async function readBounded(file: string, maximumBytes: number): Promise<string> {
  const name = path.basename(file);
  const checkSize = (bytes: number): void => {
    if (bytes <= maximumBytes) return;
    throw new StorageError(
      'too-large',
      `${name} is ${decimalFigure(bytes / 1e6, 1, [maximumBytes / 1e6])} MB large; at most ${maximumBytes / 1e6} MB are read.`,
    );
  };
  try {
    return await whileOpen(file, async (handle) => {
      const facts = await inTime(handle.stat());
      if (!facts.isFile()) throw new StorageError('bad-file', `${name} is not a file.`);
      checkSize(facts.size);
      // It may have grown since.
      const bytes = await readRest(handle, maximumBytes + 1);
      checkSize(bytes.length);
      return decoded(bytes, name);
    });
  } catch (error) {
    throw fileProblem(error, file, 'read');
  }
}

function decoded(bytes: Buffer, name: string): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new StorageError('bad-file', `${name} is encoded in UTF-16; save it as UTF-8.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    // A file that was damaged on its way may still have lines that are whole.
    if (name.endsWith('.ndjson')) return bytes.toString('utf8');
    throw new StorageError('bad-file', `${name} is no text in UTF-8.`, { cause: error });
  }
}

/** Parses JSON that anybody may have written, bounded in nesting and in what it holds. Throws StorageError naming `name`. */
export function parseUntrusted(text: string, name: string): unknown {
  const { problem } = textBounds(text);
  if (problem !== null) throw new StorageError('bad-file', `${name} ${problem}.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new StorageError(
      'bad-file',
      `${name} is not JSON: ${error instanceof Error ? error.message : String(error)}.`,
      { cause: error },
    );
  }
  const twice = text.length > longestByHand ? undefined : nameTwice(text);
  if (twice !== undefined) throw new StorageError('bad-file', `${name} has the field "${twice}" twice.`);
  // Looked for only where it can be, as it stands or as escapes: results are long.
  const dropped = /proto__|\\u00/i.test(text) ? prototypeNamePath(value) : undefined;
  if (dropped !== undefined)
    throw new StorageError('bad-file', `${name} has a field "${dropped}": nothing can be named __proto__.`);
  return value;
}

/** Parses YAML that anybody may have written, within the bounds of JSON. Throws StorageError naming `name`. */
export function parseUntrustedYaml(text: string, name: string): unknown {
  let value: unknown;
  try {
    value = parseYaml(text, name);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StorageError('bad-file', `${why.includes(name) ? '' : `${name}: `}${why}.`, { cause: error });
  }
  return parseUntrusted(JSON.stringify(value ?? null), name);
}

/** Checks a parsed value. Throws StorageError naming the file and the field. */
export function checkShape<T>(schema: z.ZodType<T>, value: unknown, name: string, what: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new StorageError('bad-file', `${name} is not a usable ${what}: ${firstIssue(parsed.error)}.`, {
      cause: parsed.error,
    });
  return parsed.data;
}
