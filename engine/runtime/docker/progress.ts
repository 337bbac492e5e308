import { finished, type Readable } from 'node:stream';
import { z } from 'zod';
import { LONGEST_JSON_LINE, lineSplitter } from '../log-lines.ts';

/** A field of another kind than it should be hides none of the others. */
const words = z.string().optional().catch(undefined);
const progressSchema = z.looseObject({
  status: words,
  stream: words,
  error: words,
  /** Newer than `error`, which engines may leave out beside it. */
  errorDetail: z.looseObject({ message: words }).nullish().catch(undefined),
});

/** Of what an engine says in one go, characters: enough for any cause. */
const LONGEST_WORDS = 16_384;

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
        const error = errorIn(progress)?.slice(0, LONGEST_WORDS);
        onWords((progress?.stream ?? error ?? progress?.status ?? '').trim().slice(0, LONGEST_WORDS));
        if (error !== undefined) reject(new Error(error));
      }, LONGEST_JSON_LINE);
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

function errorIn(progress: z.infer<typeof progressSchema> | undefined): string | undefined {
  const { error, errorDetail } = progress ?? {};
  // Programs that write all fields always leave an empty one where nothing failed.
  if (!error && !errorDetail) return undefined;
  return error || errorDetail?.message || 'the engine gives no cause';
}

function parse(line: string): z.infer<typeof progressSchema> | undefined {
  try {
    return progressSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
