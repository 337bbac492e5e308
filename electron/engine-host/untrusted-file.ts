import { open } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { Problem } from '../host-protocol/index.ts';

const maximumDepth = 40;

/**
 * Reads a JSON file that anybody may have written: bounded in size and nesting, checked against `schema`, nothing executed.
 * Throws a Problem that names the file and the field.
 */
export async function readUntrusted<T>(
  file: string,
  schema: z.ZodType<T>,
  what: string,
  maximumBytes: number,
): Promise<T> {
  const name = path.basename(file);
  const text = await readBounded(file, maximumBytes, name);
  if (deeperThan(text, maximumDepth))
    throw new Problem('bad-file', `"${name}" is nested deeper than ${maximumDepth} levels, which no ${what} is.`);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Problem('bad-file', `"${name}" is not JSON, which every ${what} is.`);
  }
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new Problem('bad-file', `"${name}" is not a usable ${what}: ${issueText(parsed.error)}.`);
  return parsed.data;
}

async function readBounded(file: string, maximumBytes: number, name: string): Promise<string> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw new Problem('bad-file', `"${name}" cannot be opened.`, null, { cause: error });
  });
  try {
    const facts = await handle.stat();
    if (!facts.isFile()) throw new Problem('bad-file', `"${name}" is not a file.`);
    if (facts.size > maximumBytes) {
      throw new Problem(
        'bad-file',
        `"${name}" is ${Math.ceil(facts.size / 2 ** 20)} MiB large; at most ${Math.floor(maximumBytes / 2 ** 20)} MiB are read.`,
      );
    }
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

/** Whether brackets outside of strings nest deeper than `maximum`: asked before parsing, which would have to nest as well. Pure. */
export function deeperThan(json: string, maximum: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json.charCodeAt(index);
    if (inString) {
      if (character === 0x5c) index += 1;
      else if (character === 0x22) inString = false;
    } else if (character === 0x22) inString = true;
    else if (character === 0x7b || character === 0x5b) {
      depth += 1;
      if (depth > maximum) return true;
    } else if (character === 0x7d || character === 0x5d) depth -= 1;
  }
  return false;
}

function issueText(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'not valid';
  const field = issue.path.map(String).join('.');
  return `${field === '' ? 'the file' : `field "${field}"`}: ${issue.message}`;
}
