import type { LogLine } from './types.ts';

/** Longest line kept, characters; the rest of a longer one is cut. */
const LONGEST_LINE = 16_384;

/** Cuts a stream of chunks into lines, whatever the chunks' borders; multi-byte characters stay whole. */
export function lineSplitter(onLine: (line: string) => void): { write(chunk: Uint8Array): void; end(): void } {
  const decoder = new TextDecoder();
  let rest = '';
  const emit = (line: string): void => onLine((line.endsWith('\r') ? line.slice(0, -1) : line).slice(0, LONGEST_LINE));
  return {
    write(chunk) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE * 2) rest = rest.slice(0, LONGEST_LINE);
      for (const line of lines) emit(line);
    },
    end() {
      rest += decoder.decode();
      if (rest !== '') emit(rest);
      rest = '';
    },
  };
}

/** Takes the engine's timestamp (RFC 3339) off the front of a log line; null when there is none. */
export function parseTimestampedLine(text: string): { atMs: number; stamp: string; line: string } | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) ?(.*)$/s.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  const stamp = match[1];
  const atMs = Date.parse(stamp.replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(atMs) ? null : { atMs, stamp, line: match[2] };
}

/** The last lines of a unit. */
export class LogBuffer {
  readonly #capacity: number;
  #lines: LogLine[] = [];

  constructor(capacity = 1000) {
    this.#capacity = capacity;
  }

  push(line: LogLine): void {
    this.#lines.push(line);
    // Trimmed in big steps, so that a chatty unit does not cost an array copy a line.
    if (this.#lines.length >= this.#capacity * 2) this.#lines = this.#lines.slice(-this.#capacity);
  }

  last(count: number): LogLine[] {
    return count <= 0 ? [] : this.#lines.slice(-Math.min(count, this.#capacity));
  }
}
