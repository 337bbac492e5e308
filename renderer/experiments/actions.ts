import { own, type Experiment } from '../../engine/model/index.ts';
import { ask } from '../shared/bridge.ts';
import { confirmReplacing } from '../shared/confirm-replacing.ts';
import { attempt, showDone } from '../shared/problem.ts';
import { navigate } from '../shared/router.ts';
import { refresh, useWorld } from '../shared/stores.ts';
import { offerRestoring } from '../shared/trash.ts';
import { offerUndo } from '../shared/undo.ts';
import { dropDraft, keepDraft, useDrafts } from './draft-store.ts';

/** Saves under the experiment's name; in the place of another experiment only when that is wanted. Returns whether it was saved. */
export async function saveExperiment(experiment: Experiment, draftKey: string): Promise<boolean> {
  const { name } = experiment;
  const isAnother = name !== draftKey || useDrafts.getState().fresh.has(draftKey);
  const taken = (useWorld.getState().experiments ?? []).find((one) => one.name === name);
  if (isAnother && taken !== undefined && !(await confirmReplacing(taken.title, name))) return false;
  return attempt('The experiment could not be saved', async () => {
    useWorld.setState({ experiments: await ask('experiments:save', experiment) });
    dropDraft(draftKey);
    showDone(`Saved ${experiment.title}.`);
  });
}

/** Writes a file that the command line runs unchanged. */
export function exportExperiment(experiment: Experiment): Promise<boolean> {
  return attempt('The experiment could not be exported', async () => {
    const path = await ask('experiments:export', experiment);
    if (path !== null) showDone(`Exported to ${path}.`);
  });
}

/** Reads a file; what is wrong with it is said in words and nothing is taken over. */
export function importExperiment(): Promise<boolean> {
  return attempt('The file could not be imported', async () => {
    const imported = await ask('experiments:import');
    if (imported === null) return;
    const { experiment, isNew } = imported;
    await refresh('experiments');
    showDone(isNew ? `Imported ${experiment.title}.` : `${experiment.title} is here already.`);
    navigate({ page: 'experiment', name: experiment.name });
  });
}

/** Deletes an experiment, saved or not, and offers the way back; what was saved goes to the trash. */
export function deleteExperiment(name: string, { title }: Experiment): Promise<boolean> {
  return attempt('The experiment could not be deleted', async () => {
    const draft = own(useDrafts.getState().drafts, name);
    const bringDraftBack = (): void => {
      if (draft !== undefined) keepDraft(name, draft);
    };
    const id = await ask('experiments:delete', name);
    dropDraft(name);
    await refresh('experiments');
    if (id !== null) offerRestoring('experiment', id, title, bringDraftBack);
    else offerUndo(`draft ${name}`, `Deleted ${title}.`, bringDraftBack);
  });
}
