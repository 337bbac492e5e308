import path from 'node:path';
import { inTime, readRest, whileOpen } from '../files/index.ts';
import { fileProblem, StorageError } from './storage-error.ts';
import { outermostNames } from './text-bounds.ts';

const lookedAtBytes = 64 * 1024;
/** What only a result has: written with its names in order, its experiment comes long before its own schema. */
const namesOfResults = ['endedAt', 'environment', 'findings', 'rounds'];

/** Whether a file that anybody may have written is a result or an experiment: by what its beginning says, else by its name. Throws StorageError. */
export async function kindOfFile(file: string): Promise<'result' | 'experiment'> {
  const start = await startOf(file);
  const names = outermostNames(start);
  const schemaAt = names.get('schema');
  const said = /\bschema"?\s*:\s*["']?cleave\/(result|experiment)\b/.exec(start)?.[1];
  const outermost =
    schemaAt === undefined ? undefined : /^"cleave\/(result|experiment)"/.exec(start.slice(schemaAt))?.[1];
  if (outermost === 'result' || outermost === 'experiment') return outermost;
  if (namesOfResults.some((name) => names.has(name))) return 'result';
  if (said === 'result' || said === 'experiment') return said;
  return path.extname(file).toLowerCase() === '.cleave-result' ? 'result' : 'experiment';
}

async function startOf(file: string): Promise<string> {
  try {
    return await whileOpen(file, async (handle) => {
      if (!(await inTime(handle.stat())).isFile())
        throw new StorageError('bad-file', `${path.basename(file)} is not a file.`);
      return (await readRest(handle, lookedAtBytes)).toString('utf8');
    });
  } catch (error) {
    throw fileProblem(error, file, 'read');
  }
}
