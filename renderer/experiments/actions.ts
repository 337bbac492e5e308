import type { Experiment } from '../../engine/model/index.ts';
import { ask } from '../shared/bridge.ts';
import { attempt, showDone } from '../shared/problem.ts';
import { useWorld } from '../shared/stores.ts';
import { dropDraft, openDraft } from './draft-store.ts';

/** Saves under the experiment's name. Returns whether it was saved. */
export function saveExperiment(experiment: Experiment, draftKey: string): Promise<boolean> {
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
    const experiment = await ask('experiments:import');
    if (experiment !== null) openDraft(experiment);
  });
}

/** Deletes a saved experiment. */
export function deleteExperiment(experiment: Experiment): Promise<boolean> {
  return attempt('The experiment could not be deleted', async () => {
    useWorld.setState({ experiments: await ask('experiments:delete', experiment.name) });
    dropDraft(experiment.name);
    showDone(`Deleted ${experiment.title}.`);
  });
}
