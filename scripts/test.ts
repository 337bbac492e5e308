import path from 'node:path';
import { runChecks } from './testing/checks.ts';
import { runEndToEnd } from './testing/end-to-end.ts';
import { runParts } from './testing/parts.ts';
import { prepareMachine } from './testing/prepare.ts';
import { playwrightTotals, withExitCode, type Totals } from './testing/totals.ts';
import { readTotals, reportsFolder, runVitest } from './testing/vitest.ts';

// What is run before every commit: everything but what measures (npm run test:measuring) and campaigns (npm run test:full).
const machine = await prepareMachine();
try {
  process.exitCode = await runParts(
    [
      ['check', runChecks],
      ['unit', () => runVitest('unit', ['--project', 'unit'], machine.environment)],
      [
        'functional',
        () => runVitest('functional', ['--project', 'functional', '--project', 'exclusive'], machine.environment),
      ],
      ['end-to-end', endToEnd],
    ],
    { fresh: true },
  );
} finally {
  await machine.close();
}

async function endToEnd(): Promise<Totals> {
  if (machine.noWindow !== null) return { passed: 0, failed: 0, skipped: 1 };
  const file = path.join(reportsFolder, 'e2e.json');
  const exitCode = await runEndToEnd(['--grep-invert', '@full', '--reporter=list,json'], {
    ...machine.environment,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  return withExitCode(await readTotals(file, playwrightTotals), exitCode);
}
