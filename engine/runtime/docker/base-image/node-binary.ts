import { createReadStream, createWriteStream } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { z } from 'zod';
import type { Architecture } from './architecture.ts';
import { runCommand } from './command.ts';
import { NODE_VERSION } from './node-version.ts';

const FETCH_TIME_LIMIT_MS = 5 * 60_000;

/** Path of an official Linux Node executable of the pinned version: an installed npm package's or one fetched to `folder`. */
export async function nodeBinary(
  architecture: Architecture,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  return (await installedNodeBinary(architecture)) ?? (await fetchNodeBinary(architecture, folder, signal));
}

/** The executable of the installed npm package `node`, if it is the pinned version for Linux on this architecture. */
async function installedNodeBinary(architecture: Architecture): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== architecture.node) return undefined;
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(manifest, 'utf8')));
    const executable = path.join(path.dirname(manifest), 'bin', 'node');
    await access(executable);
    return version === NODE_VERSION ? executable : undefined;
  } catch {
    return undefined;
  }
}

async function fetchNodeBinary(
  architecture: Architecture,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const specifier = `node-linux-${architecture.node}@${NODE_VERSION}`;
  const printed = await runCommand('npm', ['pack', '--silent', '--pack-destination', '.', specifier], {
    cwd: folder,
    timeLimitMs: FETCH_TIME_LIMIT_MS,
    signal,
  });
  const tarball = path.join(folder, printed.trim().split('\n').at(-1) ?? '');
  const executable = path.join(folder, 'node');
  const archive = extract();
  const reading = pipeline(createReadStream(tarball), createGunzip(), archive);
  let found = false;
  for await (const entry of archive) {
    if (entry.header.name === 'package/bin/node') {
      found = true;
      await pipeline(entry, createWriteStream(executable, { mode: 0o755 }));
    } else {
      entry.resume();
    }
  }
  await reading;
  if (!found) throw new Error(`the npm package ${specifier} holds no bin/node`);
  return executable;
}
