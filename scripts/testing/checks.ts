import { runTool } from './run.ts';
import { totalsLine, type Totals } from './totals.ts';

const CHECKS: readonly { name: string; tool: string; args: readonly string[] }[] = [
  { name: 'format', tool: 'oxfmt', args: ['--check'] },
  { name: 'lint', tool: 'oxlint', args: ['--deny-warnings'] },
  { name: 'types', tool: 'tsc', args: ['-p', 'tsconfig.json'] },
  { name: 'types of the model alone', tool: 'tsc', args: ['-p', 'tsconfig.model.json'] },
  { name: 'unused files, exports and packages', tool: 'knip', args: [] },
];

/** Runs every static check, also after one failed. */
export async function runChecks(): Promise<Totals> {
  const totals: Totals = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, tool, args } of CHECKS) {
    const ok = (await runTool(tool, args)) === 0;
    console.log(`${ok ? 'ok' : 'FAILED'}: ${name}`);
    if (ok) totals.passed += 1;
    else totals.failed += 1;
  }
  console.log(`check: ${totalsLine(totals)}`);
  return totals;
}
