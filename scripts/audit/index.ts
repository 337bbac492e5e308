import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { audit, NOT_AUDITED } from './audit.ts';
import { faultLines } from './isolation/fault-lines.ts';
import { BY_GRID } from './looks.ts';
import { readResult, Refusal } from './result-file.ts';

const USAGE = 'Usage: npm run audit -- RESULT.json [--csv FILE] [--faults]';

/** Recomputes a result with code that is not the product's. Ends with 1 when a number differs, with 2 when there is nothing to audit. */
async function main(): Promise<number> {
  const { file, csv, faults } = readArguments();
  const result = await readResult(file);
  const table =
    csv === undefined
      ? undefined
      : await readFile(csv, 'utf8').catch(() => {
          throw new Refusal(`${csv} cannot be read.`);
        });
  const { agree, differ, open } = audit(result, table);
  if (faults) for (const line of faultLines(result)) console.log(line);
  for (const line of differ) console.log(`differs: ${line}`);
  for (const line of open) console.log(`not audited: ${line}`);
  console.log(`never audited: ${NOT_AUDITED.join(', ')}`);
  if (result.looks.length > 1)
    console.log(
      `levels and ends of intervals over several looks are integrated in another way here: held to within ${BY_GRID * 100} %`,
    );
  console.log(`${agree} numbers agree, ${differ.length} differ, ${open.length} not audited`);
  return differ.length > 0 ? 1 : 0;
}

function readArguments(): { file: string; csv: string | undefined; faults: boolean } {
  try {
    const { values, positionals } = parseArgs({
      options: { csv: { type: 'string' }, faults: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new Refusal(USAGE);
    return { file, csv: values.csv, faults: values.faults };
  } catch {
    throw new Refusal(USAGE);
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
