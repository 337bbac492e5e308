import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack, type Pack } from 'tar-stream';
import type { LayoutEntry } from './layout.ts';

// The same for every file, so that the same content always makes the same layer.
const MODIFIED = new Date(0);

/** The entries as a tar stream. An unreadable source file ends the stream with its error. */
export function tarOf(entries: readonly LayoutEntry[]): Readable {
  const tar = pack();
  writeAll(tar, entries).catch((error: unknown) =>
    tar.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return Readable.from(tar);
}

async function writeAll(tar: Pack, entries: readonly LayoutEntry[]): Promise<void> {
  for (const entry of entries) {
    switch (entry.type) {
      case 'folder':
        tar.entry({
          name: `${entry.path}/`,
          type: 'directory',
          mode: entry.mode,
          uid: entry.owner,
          gid: entry.owner,
          mtime: MODIFIED,
        });
        break;
      case 'text':
        tar.entry({ name: entry.path, mode: entry.mode, uid: 0, gid: 0, mtime: MODIFIED }, entry.text);
        break;
      case 'link':
        tar.entry({ name: entry.path, type: 'symlink', linkname: entry.target, uid: 0, gid: 0, mtime: MODIFIED });
        break;
      case 'file': {
        const { size } = await stat(entry.source);
        const sink = tar.entry({ name: entry.path, mode: entry.mode, uid: 0, gid: 0, size, mtime: MODIFIED });
        await pipeline(createReadStream(entry.source), sink);
        break;
      }
    }
  }
  tar.finalize();
}
