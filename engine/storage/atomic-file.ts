import { replaceFile } from '../files/index.ts';
import { fileProblem } from './storage-error.ts';

/** `replaceFile`, which says in one sentence what went wrong. Throws StorageError. */
export async function writeAtomically(file: string, content: string): Promise<void> {
  try {
    await replaceFile(file, content);
  } catch (error) {
    throw fileProblem(error, file, 'written');
  }
}
