import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Result, ResultSummary } from '../../../engine/model/index.ts';
import { requested } from './bridge.ts';
import { expect, type RunningApp } from './fixture.ts';

/** Every result that is listed opens, and every file of the program is a whole one. */
export async function everythingWhole({ page, data, profile }: RunningApp): Promise<void> {
  for (const { id, title } of await requested<ResultSummary[]>(page, 'results:list'))
    expect((await requested<Result>(page, 'results:get', id)).title, id).toBe(title);
  await requested(page, 'trash:list');
  for (const file of await filesOf(data)) {
    const text = await readFile(file, 'utf8');
    if (file.endsWith('.json')) expect(isJson(text), file).toBe(true);
    // The last line of a run that was interrupted may be half a one, which readers know.
    if (file.endsWith('.ndjson'))
      for (const line of text.split('\n').slice(0, -1)) expect(isJson(line), file).toBe(true);
  }
  for (const name of ['settings.json', 'drafts.json', 'window.json', 'recent.json']) {
    const text = await readFile(path.join(profile, name), 'utf8').catch(() => null);
    if (text !== null) expect(isJson(text), name).toBe(true);
  }
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
