import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runChecks } from './testing/checks.ts';
import { runEndToEnd } from './testing/end-to-end.ts';
import { runTool } from './testing/run.ts';
import { playwrightTotals, sumTotals, totalsLine, vitestTotals, withExitCode, type Totals } from './testing/totals.ts';

// Everything that must hold, one runner after another: they share the machine, and some of them measure.
const reports = path.resolve(import.meta.dirname, '../test-results/reports');
await rm(reports, { recursive: true, force: true });
await mkdir(reports, { recursive: true });

const results: [name: string, totals: Totals][] = [];
results.push(['check', await runChecks()]);
results.push(['unit', await vitest('unit')]);
results.push(['integration', await vitest('integration')]);
results.push(['e2e', await endToEnd()]);

const total = sumTotals(results.map(([, totals]) => totals));
console.log(
  `\n${results.map(([name, totals]) => `${name}: ${totalsLine(totals)}`).join('\n')}\ntotal: ${totalsLine(total)}`,
);
await writeFile(path.join(reports, 'total.txt'), `${totalsLine(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function vitest(project: string): Promise<Totals> {
  const file = path.join(reports, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const exitCode = await runTool('vitest', ['run', '--project', project, ...reporters]);
  return conclude(project, await read(file, vitestTotals), exitCode);
}

async function endToEnd(): Promise<Totals> {
  const file = path.join(reports, 'e2e.json');
  const exitCode = await runEndToEnd(['--reporter=list,json'], {
    ...process.env,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  }).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  });
  return conclude('e2e', await read(file, playwrightTotals), exitCode);
}

function conclude(name: string, reported: Totals | undefined, exitCode: number): Totals {
  const totals = withExitCode(reported, exitCode);
  console.log(`${name}: ${totalsLine(totals)}`);
  return totals;
}

async function read(file: string, totalsOf: (report: unknown) => Totals): Promise<Totals | undefined> {
  try {
    return totalsOf(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    console.error(`No usable report in ${file}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
