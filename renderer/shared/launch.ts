import type { Experiment } from '../../engine/model/index.ts';
import { beginRun } from '../run/run-store.ts';
import { ask } from './bridge.ts';
import { attempt } from './problem.ts';
import { navigate } from './router.ts';

/** Starts an experiment and shows it live; on a machine that is not quiet a person is asked first. */
export function launch(experiment: Experiment): Promise<void> {
  return begin('The experiment could not be started', () => ask('run:start', experiment));
}

/** Measures what the plan of a result has left, and shows it live. */
export function measureMore(id: string): Promise<void> {
  return begin('The result could not be continued', () => ask('run:continue', id));
}

async function begin(failed: string, start: () => Promise<{ runId: string }>): Promise<void> {
  const { agreedToStart } = await import('../machine/WaitForQuiet.tsx');
  if (!(await agreedToStart())) return;
  await attempt(failed, async () => {
    const { runId } = await start();
    beginRun(runId);
    navigate({ page: 'run' }, { unasked: true });
  });
}
