import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Calls back for every line of a stream; the promise settles when it ends. */
export function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    lines.on('line', (line) => {
      if (line.trim() !== '') onLine(line);
    });
    lines.once('close', resolve);
    stream.once('error', () => lines.close());
  });
}
