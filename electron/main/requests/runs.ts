import { Problem } from '../../host-protocol/index.ts';
import { assertUsable } from '../data-folder.ts';
import { openLocal } from '../links.ts';
import type { Context } from './context.ts';

/** Begins a run where none goes on. Throws a Problem where one does, or where its result could not be kept. */
export function beginRun(
  { recorder, dataFolder }: Pick<Context, 'recorder' | 'dataFolder'>,
  start: () => Promise<{ runId: string }>,
): Promise<{ runId: string }> {
  if (recorder.busy)
    throw new Problem('run-active', 'An experiment is running already.', 'Wait for it to end, or cancel it.');
  // Better now than when the first round has been measured.
  return recorder.expect(assertUsable(dataFolder()).then(start));
}

export function registerRunRequests(context: Context): void {
  const { requests, host, recorder } = context;
  const begin = (start: () => Promise<{ runId: string }>) => beginRun(context, start);
  requests.handle('run:start', (experiment) => begin(() => host.request('run:start', experiment)));
  requests.handle('run:continue', (id) => begin(() => host.request('run:continue', id)));
  requests.handle('run:snapshot', () => {
    // What is in the snapshot must not arrive a second time as a batch.
    recorder.flush();
    return recorder.snapshot();
  });
  requests.handle('explore:open', async () => {
    const { url } = await host.request('explore:state');
    if (url === null) throw new Problem('not-running', 'Nothing is deployed right now.', 'Deploy a cut first.');
    await openLocal(url);
  });
}
