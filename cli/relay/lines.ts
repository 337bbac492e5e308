import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { z } from 'zod';

/** Calls back for every message of a stream; what is none is passed over. Settles when the stream ends. */
export function readMessages<T>(
  stream: Readable,
  schema: z.ZodType<T>,
  onMessage: (message: T) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    lines.on('line', (line) => {
      const parsed = schema.safeParse(jsonOf(line));
      if (parsed.success) onMessage(parsed.data);
    });
    lines.once('close', resolve);
    stream.once('error', () => lines.close());
  });
}

export function writeMessage(stream: Writable, message: object): void {
  if (stream.writable) stream.write(`${JSON.stringify(message)}\n`);
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
