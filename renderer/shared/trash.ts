import type { Trashed } from '../../engine/model/index.ts';
import { plural } from '../../report/index.ts';
import { ask } from './bridge.ts';
import { attempt, showDone } from './problem.ts';
import { refresh, useWorld } from './stores.ts';
import { offerUndo, withdrawUndo } from './undo.ts';

const listOf = { result: 'results', experiment: 'experiments', cut: 'applications' } as const;

/** Says that something went to the trash, with the way back beside it; `also` happens with it. */
export function offerRestoring(
  kind: Trashed['kind'],
  id: string,
  title: string,
  also: () => void = () => undefined,
): void {
  offerUndo(
    subjectOf(kind, id),
    `Moved ${title} to the trash.`,
    () => void restoreTrashed(kind, id, title).then((done) => done && also()),
  );
}

/** Brings something back from the trash. */
export function restoreTrashed(kind: Trashed['kind'], id: string, title: string): Promise<boolean> {
  return attempt(`${title} could not be restored`, async () => {
    await ask('trash:restore', kind, id);
    withdrawUndo(subjectOf(kind, id));
    // Nobody may have looked into the trash yet.
    await Promise.all([refresh(listOf[kind]), useWorld.getState().trash === null ? undefined : refresh('trash')]);
    showDone(`Restored ${title}.`);
  });
}

/** Removes everything in the trash for good. */
export function emptyTrash(): Promise<boolean> {
  return attempt('The trash could not be emptied', async () => {
    const removed = await ask('trash:empty');
    withdrawUndo();
    await refresh('trash');
    showDone(`Removed ${plural(removed, 'thing')} for good.`);
  });
}

function subjectOf(kind: Trashed['kind'], id: string): string {
  return `${kind} ${id}`;
}
