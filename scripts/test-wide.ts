import { endToEndTotals } from './testing/end-to-end.ts';
import { runParts } from './testing/parts.ts';
import { prepareMachine } from './testing/prepare.ts';
import { runVitest } from './testing/vitest.ts';

// What is too much for every commit and measures nothing: more on real engines, and more in the window.
const machine = await prepareMachine();
try {
  process.exitCode = await runParts(
    [
      ['wide', () => runVitest('wide', ['--project', 'wide', '--project', 'exclusive'], machine.environment)],
      ['wide end-to-end', () => endToEndTotals(machine, 'wide-e2e', ['--grep', '@wide', '--grep-invert', '@full'])],
    ],
    'wide',
  );
} finally {
  await machine.close();
}
