import path from 'node:path';
import { printable } from '../model/index.ts';

/** What was asked of the storage cannot be done; the message is one sentence for people. */
export class StorageError extends Error {
  override name = 'StorageError';
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    // It may quote what is in a file.
    super(printable(message).replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, ' '), options);
    this.code = code;
  }
}

export type StorageErrorCode =
  | 'not-found'
  | 'bad-file'
  | 'newer-version'
  | 'too-large'
  | 'taken'
  | 'running'
  | 'disk-full'
  | 'not-allowed'
  | 'failed';

/** A failed file operation as one sentence. `action` completes "<file> could not be ...", for example "written". */
export function fileProblem(error: unknown, file: string, action: string): StorageError {
  if (error instanceof StorageError) return error;
  const name = path.basename(file);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const cause = { cause: error };
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new StorageError(
        'disk-full',
        `${name} could not be ${action}: the disk is full; free some space and try again, everything saved before is unharmed.`,
        cause,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StorageError(
        'not-allowed',
        `${name} could not be ${action}: the folder ${path.dirname(file)} does not allow it; choose another data folder or change its permissions.`,
        cause,
      );
    case 'ENOENT':
      return new StorageError(
        'not-found',
        `${name} could not be ${action}: there is no such file in ${path.dirname(file)}.`,
        cause,
      );
    default:
      return new StorageError(
        'failed',
        `${name} could not be ${action}: ${error instanceof Error ? error.message : String(error)}.`,
        cause,
      );
  }
}
