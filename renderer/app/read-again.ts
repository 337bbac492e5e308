import { useRun } from '../run/run-store.ts';
import { refresh, useWorld, type Readable } from '../shared/stores.ts';

const lists = ['results', 'experiments', 'applications', 'trash'] as const satisfies readonly Readable[];

/**
 * Reads the lists again when somebody comes back to the window: the command line may have kept something in the same folder meanwhile, of which nobody
 * tells. Not during a run, which it would disturb. Returns the unsubscribe.
 */
export function followReturns(): () => void {
  const readAgain = (): void => {
    if (useRun.getState().active) return;
    const world = useWorld.getState();
    // What nobody has read yet is read when it is needed.
    for (const what of lists) if (world[what] !== null) void refresh(what);
  };
  window.addEventListener('focus', readAgain);
  return () => window.removeEventListener('focus', readAgain);
}
