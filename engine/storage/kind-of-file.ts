import path from 'node:path';
import { openQuickly } from '../files/index.ts';
import { fileProblem } from './storage-error.ts';

const lookedAtBytes = 64 * 1024;

/** Whether a file that anybody may have written is a result or an experiment: by what its beginning says, else by its name. Throws StorageError. */
export async function kindOfFile(file: string): Promise<'result' | 'experiment'> {
  let start: string;
  try {
    const handle = await openQuickly(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(lookedAtBytes), 0, lookedAtBytes, 0);
      start = buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileProblem(error, file, 'read');
  }
  const said = /\bschema"?\s*:\s*["']?cleave\/(result|experiment)\b/.exec(start)?.[1];
  if (said === 'result' || said === 'experiment') return said;
  return path.extname(file).toLowerCase() === '.cleave-result' ? 'result' : 'experiment';
}
