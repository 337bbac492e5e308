import { runChecks } from './testing/checks.ts';
import { endToEndTotals } from './testing/end-to-end.ts';
import { runParts } from './testing/parts.ts';
import { prepareMachine } from './testing/prepare.ts';
import { runVitest } from './testing/vitest.ts';

// What is run before every commit. The rest on real engines and in the window is in npm run test:wide, what measures in test:measuring, campaigns in test:full.
const machine = await prepareMachine();
try {
  process.exitCode = await runParts(
    [
      ['check', runChecks],
      ['unit', () => runVitest('unit', ['--project', 'unit'], machine.environment)],
      ['functional', () => runVitest('functional', ['--project', 'functional'], machine.environment)],
      ['end-to-end', () => endToEndTotals(machine, 'e2e', ['--grep-invert', '@full|@wide'])],
    ],
    'total',
  );
} finally {
  await machine.close();
}
