import type { Experiment } from '../../engine/model/index.ts';
import { beginRun } from '../run/run-store.ts';
import { ask } from './bridge.ts';
import { attempt } from './problem.ts';
import { navigate } from './router.ts';

/** Starts an experiment and shows it live. */
export async function launch(experiment: Experiment): Promise<void> {
  await attempt('The experiment could not be started', async () => {
    const { runId } = await ask('run:start', experiment);
    beginRun(runId);
    navigate({ page: 'run' }, { unasked: true });
  });
}
