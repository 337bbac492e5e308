import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runTool } from './run.ts';
import { vitestTotals, withExitCode, type Totals } from './totals.ts';

/** Where the reports of the runners lie. */
export const reportsFolder = path.resolve(import.meta.dirname, '../../test-results/reports');

/** Runs projects of Vitest and counts; the report is kept under `name`. */
export async function runVitest(
  name: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Totals> {
  const file = path.join(reportsFolder, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const exitCode = await runTool('vitest', ['run', ...args, ...reporters], environment);
  return withExitCode(await readTotals(file, vitestTotals), exitCode);
}

/** What a runner's report says; undefined, with the reason on standard error, where it says nothing. */
export async function readTotals(file: string, totalsOf: (report: unknown) => Totals): Promise<Totals | undefined> {
  try {
    return totalsOf(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    console.error(`No usable report in ${file}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
