import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sumTotals, totalsLine, type Totals } from './totals.ts';
import { reportsFolder } from './vitest.ts';

/** One part of a check: what it is called and how it is run. */
export type Part = [name: string, run: () => Promise<Totals>];

/** Runs parts one after another, whatever came of those before, prints what each took and their sum, and keeps the sum under that name; `total` begins anew. Resolves to the exit code. */
export async function runParts(parts: readonly Part[], name: 'total' | 'wide' | 'sample'): Promise<number> {
  if (name === 'total') await rm(reportsFolder, { recursive: true, force: true });
  await mkdir(reportsFolder, { recursive: true });
  const results: { part: string; totals: Totals; seconds: number }[] = [];
  for (const [part, run] of parts) {
    const from = performance.now();
    const totals = await run().catch((error: unknown): Totals => {
      console.error(error instanceof Error ? error.message : error);
      return { passed: 0, failed: 1, skipped: 0 };
    });
    const seconds = (performance.now() - from) / 1000;
    console.log(`${part}: ${totalsLine(totals)}`);
    results.push({ part, totals, seconds });
  }
  const total = sumTotals(results.map(({ totals }) => totals));
  const lines = results.map(
    ({ part, totals, seconds }) => `${part}: ${totalsLine(totals)}, in ${seconds.toFixed(0)} s`,
  );
  const whole = results.reduce((sum, { seconds }) => sum + seconds, 0);
  console.log(`\n${lines.join('\n')}\nall parts: ${(whole / 60).toFixed(1)} min\ntotal: ${totalsLine(total)}`);
  await writeFile(path.join(reportsFolder, `${name}.txt`), `${totalsLine(total)}\n`);
  return total.failed === 0 ? 0 : 1;
}
