import { readRecord, type ReadRecord } from './journal-record.ts';

/** A line of a journal, with what it holds. */
export interface JournalLine {
  /** How it is called in messages: `line 3 of the journal`. */
  name: string;
  text: string;
  read: ReadRecord;
}

/**
 * The lines of a journal in the order in which they were written, which numbers tell wherever a line lies by now; those without a readable number stay
 * where they are.
 */
export function linesInOrder(text: string): JournalLine[] {
  // What moves files between systems may end their lines otherwise.
  const lines = text.split(/\r?\n/).flatMap((line, index): JournalLine[] => {
    if (line === '') return [];
    return [{ name: `line ${index + 1} of the journal`, text: line, read: readRecord(line) }];
  });
  const numbered = lines
    .filter(({ read }) => read.number !== null)
    .toSorted((a, b) => (a.read.number ?? 0) - (b.read.number ?? 0));
  return lines.map((line) => (line.read.number === null ? line : (numbered.shift() ?? line)));
}

/** Follows the numbers of records and says what is missing and what is there twice. Files of earlier versions have none, and are taken as they are. */
export class RecordNumbers {
  #last = 0;
  #numbered = false;
  /** Damaged lines since the last good one. How many records they were cannot be told: one flipped bit may break a line in two. */
  #damaged = 0;

  lineIsDamaged(): void {
    this.#damaged += 1;
  }

  /** Takes the number of the next good record. `refused`: why it is not to be taken; `missing`: what should have come before it. */
  next(number: number | null): { refused: string | null; missing: string | null } {
    this.#numbered ||= number !== null;
    const said = (refused: string | null, missing: string | null = null) => ({ refused, missing });
    if (number === null) {
      if (!this.#numbered) return said(null);
      this.lineIsDamaged();
      return said('it has no number');
    }
    if (number <= this.#last) return said(`record ${number} was there before`);
    const first = this.#last + this.#damaged + 1;
    this.#last = number;
    this.#damaged = 0;
    if (first >= number) return said(null);
    return said(
      null,
      first === number - 1
        ? `record ${first} is missing before it`
        : `records ${first} to ${number - 1} are missing before it`,
    );
  }
}
