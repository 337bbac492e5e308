import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ResultSummary, Result } from '../../../engine/model/index.ts';
import { requested } from './bridge.ts';
import { answerOpenDialog } from './dialogs.ts';
import type { RunningApp } from './fixture.ts';

/** Brings results into the program as a person would who was given their files. */
export async function importResults(app: RunningApp, results: readonly Result[]): Promise<ResultSummary[]> {
  await mkdir(app.saved, { recursive: true });
  const summaries: ResultSummary[] = [];
  for (const [index, result] of results.entries()) {
    const file = path.join(app.saved, `given-${index}.cleave-result`);
    await writeFile(file, JSON.stringify(result));
    await answerOpenDialog(app, file);
    summaries.push(await requested<ResultSummary>(app.page, 'results:import'));
  }
  return summaries;
}
