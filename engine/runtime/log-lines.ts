import type { LogLine } from './types.ts';

/** Longest line of a log that is kept, characters; the rest of a longer one is cut. */
const LONGEST_LINE = 16_384;
/** Of a stream of JSON, of which a line that is cut says nothing at all: the output of a whole build may stand in one. */
export const LONGEST_JSON_LINE = 4_194_304;

/** Cuts a stream of chunks into lines, whatever the chunks' borders; multi-byte characters stay whole. What is longer than `longest` characters is cut. */
export function lineSplitter(
  onLine: (line: string) => void,
  longest = LONGEST_LINE,
): { write(chunk: Uint8Array): void; end(): void } {
  const decoder = new TextDecoder();
  let rest = '';
  const emit = (line: string): void => onLine((line.endsWith('\r') ? line.slice(0, -1) : line).slice(0, longest));
  return {
    write(chunk) {
      // Only what is new is looked through: a long line may come in crumbs.
      const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
      const lines = [rest + first, ...others];
      rest = lines.pop() ?? '';
      if (rest.length > longest * 2) rest = rest.slice(0, longest);
      for (const line of lines) emit(line);
    },
    end() {
      rest += decoder.decode();
      if (rest !== '') emit(rest);
      rest = '';
    },
  };
}

/**
 * Takes the engine's timestamp (RFC 3339) off the front of a log line; null when there is none. To a hundredth of a microsecond or so: engines write as many digits as they like, and none
 * where the second is whole.
 */
export function parseTimestampedLine(text: string): { atMs: number; line: string } | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d) ?(.*)$/is.exec(text);
  if (match === null) return null;
  const [, second = '', fraction = '.0', zone = '', line = ''] = match;
  const secondMs = Date.parse(`${second}${zone}`);
  return Number.isNaN(secondMs) ? null : { atMs: secondMs + Number(fraction) * 1000, line };
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
