import type { Experiment } from '../../engine/model/index.ts';
import { beginRun } from '../run/run-store.ts';
import { ask } from './bridge.ts';
import { attempt } from './problem.ts';
import { navigate } from './router.ts';

/** Starts an experiment and shows it live; on a machine that is not quiet a person is asked first. */
export async function launch(experiment: Experiment): Promise<void> {
  const { agreedToStart } = await import('../machine/WaitForQuiet.tsx');
  if (!(await agreedToStart())) return;
  await attempt('The experiment could not be started', async () => {
    const { runId } = await ask('run:start', experiment);
    beginRun(runId);
    navigate({ page: 'run' }, { unasked: true });
  });
}
