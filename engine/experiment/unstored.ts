import type { Result } from '../model/index.ts';
import { StorageError, type Journal } from '../storage/index.ts';

/** A result that could not be written where results are kept. It is whole here, and its rounds are in the journal. */
export class UnstoredResult extends Error {
  override name = 'UnstoredResult';
  readonly result: Result;

  constructor(message: string, result: Result, cause: StorageError) {
    super(message, { cause });
    this.result = result;
  }
}

/** Puts the result in place. Throws UnstoredResult, which says where its rounds are, when that cannot be done. */
export async function finishOrKeepJournal(journal: Journal, result: Result): Promise<void> {
  try {
    await journal.finish(result);
  } catch (error) {
    await journal.close();
    if (!(error instanceof StorageError)) throw error;
    const why = error.message.replace(/\.$/, '');
    throw new UnstoredResult(
      `${why}; what was measured is kept in ${journal.file}, which "cleave report" reads.`,
      result,
      error,
    );
  }
}
