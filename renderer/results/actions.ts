import type { ExportFormat, ResultSummary } from '../../engine/model/index.ts';
import { ask } from '../shared/bridge.ts';
import { attempt, showDone } from '../shared/problem.ts';
import { navigate } from '../shared/router.ts';
import { refresh, useWorld } from '../shared/stores.ts';
import { offerRestoring } from '../shared/trash.ts';

/** Puts a changed summary in the place of the old one. */
function takeSummary(summary: ResultSummary): void {
  useWorld.setState(({ results }) => ({
    results: (results ?? []).map((one) => (one.id === summary.id ? summary : one)),
  }));
}

export function renameResult(id: string, title: string): Promise<boolean> {
  return attempt('The result could not be renamed', async () => takeSummary(await ask('results:rename', id, title)));
}

export function tagResult(id: string, tags: string[]): Promise<boolean> {
  return attempt('The tags could not be saved', async () => takeSummary(await ask('results:tag', id, tags)));
}

export function noteResult(id: string, notes: string): Promise<boolean> {
  return attempt('The notes could not be saved', async () => takeSummary(await ask('results:note', id, notes)));
}

/** Moves a result to the trash and offers the way back. */
export function trashResult(id: string, title: string): Promise<boolean> {
  return attempt('The result could not be deleted', async () => {
    await ask('results:trash', id);
    useWorld.setState(({ results }) => ({ results: (results ?? []).filter((one) => one.id !== id) }));
    offerRestoring('result', id, title);
  });
}

/** Saves a result as a file where the person chooses. */
export function exportResult(id: string, format: ExportFormat): Promise<boolean> {
  return attempt('The result could not be exported', async () => {
    const path = await ask('results:export', id, format);
    if (path !== null) showDone(`Exported to ${path}.`);
  });
}

/** Reads a result file somebody else made. */
export function importResult(): Promise<boolean> {
  return attempt('The file could not be imported', async () => {
    const summary = await ask('results:import');
    if (summary === null) return;
    await refresh('results');
    showDone(summary.isNew ? `Imported ${summary.title}.` : `${summary.title} is here already.`);
    navigate({ page: 'result', id: summary.id });
  });
}
