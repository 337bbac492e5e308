import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/**
 * Unpacks the files of a zip for which `place` gives a path below `folder`, keeping their modes.
 * yauzl refuses absolute and climbing names; `place` must not add any.
 */
export async function unzip(
  zipFile: string,
  folder: string,
  place: (name: string) => string | undefined,
): Promise<void> {
  const zip = await openPromise(zipFile);
  try {
    for await (const entry of zip.eachEntry()) {
      const relative = entry.fileName.endsWith('/') ? undefined : place(entry.fileName);
      if (relative === undefined) continue;
      const target = path.join(folder, relative);
      await mkdir(path.dirname(target), { recursive: true });
      const mode = (entry.externalFileAttributes >>> 16) & 0o777;
      await pipeline(
        await zip.openReadStreamPromise(entry),
        createWriteStream(target, { mode: mode === 0 ? 0o644 : mode }),
      );
    }
  } finally {
    zip.close();
  }
}
