import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { z } from 'zod';
import { openQuickly } from '../files/index.ts';
import { decimalFigure, prototypeNamePath } from '../model/index.ts';
import { fileProblem, StorageError } from './storage-error.ts';

const deepest = 64;
const mostAliases = 100;

/** Reads a text file of at most `maximumBytes`. Throws StorageError, also when it is larger or no file. */
export async function readBounded(file: string, maximumBytes: number): Promise<string> {
  const name = path.basename(file);
  try {
    const handle = await openQuickly(file);
    try {
      const facts = await handle.stat();
      if (!facts.isFile()) throw new StorageError('bad-file', `${name} is not a file.`);
      if (facts.size > maximumBytes) {
        throw new StorageError(
          'too-large',
          `${name} is ${decimalFigure(facts.size / 1e6, 1, [maximumBytes / 1e6])} MB large; at most ${maximumBytes / 1e6} MB are read.`,
        );
      }
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileProblem(error, file, 'read');
  }
}

/** Parses JSON that anybody may have written, bounded in nesting. Throws StorageError naming `name`. */
export function parseUntrusted(text: string, name: string): unknown {
  if (nestsDeeperThan(text, deepest))
    throw new StorageError('bad-file', `${name} is nested deeper than ${deepest} levels.`);
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
    // What refers to other parts may not grow: a file of a thousand characters could make a thousand million.
    value = parseYaml(text, { maxAliasCount: mostAliases, uniqueKeys: true, prettyErrors: false });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StorageError('bad-file', `${name} is not YAML: ${why.split('\n')[0]}.`, { cause: error });
  }
  return parseUntrusted(JSON.stringify(value ?? null), name);
}

/** Whether brackets outside of strings nest deeper than `limit`; asked before parsing, so that nothing has to nest to find out. */
export function nestsDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > limit) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
}

/** The first thing a schema has against a value, naming the field. */
export function firstProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'it does not fit';
  const field = issue.path.map(String).join('.');
  return `${field === '' ? 'the file' : `field "${field}"`}: ${issue.message}`;
}

/** Checks a parsed value. Throws StorageError naming the file and the field. */
export function checkShape<T>(schema: z.ZodType<T>, value: unknown, name: string, what: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new StorageError('bad-file', `${name} is not a usable ${what}: ${firstProblem(parsed.error)}.`, {
      cause: parsed.error,
    });
  return parsed.data;
}
