import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { z } from 'zod';

/**
 * What a campaign of runs has measured, by number from 1. With a `file` each is a line of JSON in it as soon as it is there, and those it has already are not measured again: a campaign of
 * hours goes on where it was stopped. `measure` may throw; what was kept stays.
 */
export async function keptRuns<Kept extends { run: number }>(
  wanted: { runs: number; file: string | undefined; schema: z.ZodType<Kept> },
  measure: (run: number) => Promise<Kept>,
): Promise<Kept[]> {
  const { runs, file, schema } = wanted;
  const known =
    file === undefined || !existsSync(file) ? [] : linesOf(file).map((line) => schema.parse(JSON.parse(line)));
  const kept: Kept[] = [];
  for (let run = 1; run <= runs; run += 1) {
    const before = known.find((one) => one.run === run);
    const one = before ?? (await measure(run));
    if (before === undefined && file !== undefined) appendFileSync(file, `${JSON.stringify(one)}\n`);
    kept.push(one);
  }
  return kept;
}

const linesOf = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean);
