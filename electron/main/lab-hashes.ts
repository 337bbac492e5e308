import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { Problem } from '../host-protocol/index.ts';

/** SHA-256 of every file below `lab/`, by its path with forward slashes; written when the program is packaged, into its archive. */
const hashesSchema = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/));

/**
 * Holds the programs beside the archive against what was packaged: they are started as programs, and nothing else looks at them. Throws a
 * Problem that names the first file that is missing, strange or another.
 */
export async function assertLabUnchanged(lab: string, hashesFile: string): Promise<void> {
  const wanted = hashesSchema.parse(JSON.parse(await readFile(hashesFile, 'utf8')));
  const entries = await readdir(lab, { recursive: true, withFileTypes: true }).catch(() => []);
  const there = new Map(
    entries
      // A link would lead to what nobody has hashed.
      .filter((entry) => !entry.isDirectory())
      .map((entry) => [
        path.relative(lab, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
        entry.isFile(),
      ]),
  );
  for (const name of new Set([...Object.keys(wanted), ...there.keys()])) {
    const expected = Object.hasOwn(wanted, name) ? wanted[name] : undefined;
    const state =
      there.get(name) === undefined
        ? 'missing'
        : expected === undefined || there.get(name) === false
          ? 'strange'
          : (await hashOf(path.join(lab, name))) === expected
            ? null
            : 'changed';
    if (state !== null)
      throw new Problem(
        'lab-changed',
        `A file that Cleave runs is not as it was packaged: lab/${name} is ${state}.`,
        'Install Cleave again from where you trust it.',
      );
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
