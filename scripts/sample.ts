import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { computeFindings } from '../engine/evaluation/index.ts';
import { resultSchema } from '../engine/model/index.ts';
import { readResultFile } from '../engine/storage/index.ts';
import { embedResult, openEmbedded, type EmbeddedResult } from '../report/embed.ts';
import { forSharing } from '../report/sharing.ts';

// Makes the sample result that the window shows before anything ran, from a result that Cleave measured: `node scripts/sample.ts RESULT.json "Measured ..."`.
// Without arguments the findings of the kept one are derived again from its rounds, for when the rules or their words have changed.
const target = path.join(import.meta.dirname, '..', 'renderer', 'sample', 'sample.json');
const mostBytes = 600_000;

interface Kept {
  made: string;
  embedded: EmbeddedResult;
}

async function kept(): Promise<Kept> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this script wrote it
  return JSON.parse(await readFile(target, 'utf8')) as Kept;
}

const [file, words] = process.argv.slice(2);
const measured =
  file === undefined ? resultSchema.parse(openEmbedded((await kept()).embedded)) : await readResultFile(file);
const made = words ?? (await kept()).made;
const result = forSharing({ ...measured, findings: computeFindings(measured) });
const text = `${JSON.stringify({ made, embedded: embedResult(result, mostBytes) }, null, 2)}\n`;
await writeFile(target, text);
process.stdout.write(`${target}: ${text.length} bytes\n`);
