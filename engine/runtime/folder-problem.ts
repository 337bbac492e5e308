import { EngineError, sentenceOf } from './errors.ts';

/** What a folder of this program's is for, which begins a sentence, and the variable that names another. */
export interface FolderTitle {
  title: string;
  variable: string;
}

/** Why nothing can be written into a folder, in one sentence with its path, and what to set instead. */
export function folderProblem({ title, variable }: FolderTitle, folder: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const other = (words: string): string => `or set ${variable} to ${words}.`;
  const problem = (kind: 'unsafe' | 'disk-full', why: string, nextStep: string): EngineError =>
    new EngineError(kind, `${title} ${folder} cannot be used: ${why}`, { nextStep, cause: error });
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return problem('disk-full', 'the disk is full', `Free some space, ${other('a folder on another disk')}`);
    case 'EROFS':
      return problem('unsafe', 'it is read-only', `Make it writable, ${other('a folder that can be written')}`);
    case 'EACCES':
    case 'EPERM':
      return problem(
        'unsafe',
        'this user may not write there',
        `Change its permissions, ${other('a folder that can be written')}`,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return problem(
        'unsafe',
        'it is no folder, or something that it lies in is none',
        `Move that away, ${other('a folder')}`,
      );
    case 'ETIMEDOUT':
      return problem(
        'unsafe',
        'it gives no answer',
        `See whether its disk or its server is there, ${other('another folder')}`,
      );
    default:
      return problem('unsafe', sentenceOf(error), `Mend that, ${other('another folder')}`);
  }
}
