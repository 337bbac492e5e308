import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ResultSummary, Result } from '../../../engine/model/index.ts';
import { requested } from './bridge.ts';
import { answerOpenDialog } from './dialogs.ts';
import type { RunningApp } from './fixture.ts';

/** Brings results into the program as a person would who was given their files. */
export async function importResults(app: RunningApp, results: readonly Result[]): Promise<ResultSummary[]> {
  const summaries: ResultSummary[] = [];
  for (const [index, result] of results.entries()) {
    await answerOpenDialog(app, await resultFile(app, `given-${index}`, result));
    summaries.push(await requested<ResultSummary>(app.page, 'results:import'));
  }
  return summaries;
}

/** A result as somebody sends it; the path of the file. */
export async function resultFile({ saved }: RunningApp, name: string, result: Result): Promise<string> {
  await mkdir(saved, { recursive: true });
  const file = path.join(saved, `${name}.cleave-result`);
  await writeFile(file, JSON.stringify(result));
  return file;
}
