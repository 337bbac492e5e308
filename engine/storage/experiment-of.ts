import path from 'node:path';
import type { Experiment } from '../model/index.ts';
import { readExperimentFile } from './collection.ts';
import { maximumResultBytes, parseResult } from './result-file.ts';
import { parseUntrusted, readBounded } from './untrusted-json.ts';

/** The experiment in a file, or the one that a result file is of, so that it can be measured again. Throws StorageError naming file and field. */
export async function readExperimentOf(file: string): Promise<Experiment> {
  const name = path.basename(file);
  // No result is written as YAML.
  if (/^\.ya?ml$/i.test(path.extname(name))) return readExperimentFile(file);
  const text = await readBounded(file, maximumResultBytes);
  const content = parseUntrusted(text, name);
  const isResult = typeof content === 'object' && content !== null && 'rounds' in content;
  return isResult ? (await parseResult(text, name)).experiment : readExperimentFile(file);
}
