import { finished, type Readable } from 'node:stream';
import { z } from 'zod';
import { lineSplitter } from '../log-lines.ts';

const progressSchema = z.looseObject({
  status: z.string().optional(),
  stream: z.string().optional(),
  error: z.string().optional(),
});

/**
 * Reads what an engine tells of its work, line by line, to the end. Throws the error that it reports as soon as it comes, and when the stream is cut. The
 * stream is closed either way.
 * @param onWords told with every line, whatever it holds: that one came is progress
 */
export async function readProgress(stream: NodeJS.ReadableStream, onWords: (words: string) => void): Promise<void> {
  // What calls give that end before their answer does; the types leave that open.
  const answer = stream as Readable;
  try {
    await new Promise<void>((resolve, reject) => {
      const splitter = lineSplitter((line) => {
        const progress = parse(line);
        onWords((progress?.stream ?? progress?.error ?? progress?.status ?? '').trim());
        if (progress?.error !== undefined) reject(new Error(progress.error));
      });
      answer.on('data', (chunk: Buffer) => splitter.write(chunk));
      finished(answer, { writable: false }, (error) => {
        if (error) {
          reject(error);
          return;
        }
        splitter.end();
        resolve();
      });
    });
  } finally {
    answer.destroy();
  }
}

function parse(line: string): z.infer<typeof progressSchema> | undefined {
  try {
    return progressSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
