import { Button, Loader } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconFileAnalytics, IconPlayerStop } from '@tabler/icons-react';
import { ask } from '../shared/bridge.ts';
import { attempt } from '../shared/problem.ts';
import { navigate } from '../shared/router.ts';
import { useRun } from './run-store.ts';

/** Asks, then cancels: faults are undone, everything created is removed, finished rounds stay. */
export function confirmCancel(): void {
  const { runId, active } = useRun.getState();
  if (runId === null || !active) return;
  modals.openConfirmModal({
    title: 'Cancel this run?',
    children:
      'Faults are undone and everything that was created is removed. Rounds that have finished are kept in the history.',
    labels: { confirm: 'Cancel the run', cancel: 'Keep running' },
    confirmProps: { color: 'red' },
    onConfirm: () => void attempt('The run could not be cancelled', () => ask('run:cancel', runId)),
  });
}

/** Cancel while it runs; the way to the result when it has ended. */
export function RunActions() {
  const active = useRun((state) => state.active);
  const cancelling = useRun((state) => state.view.head.cancelling !== null);
  const end = useRun((state) => state.view.head.end);
  if (active) {
    return (
      <Button
        variant="default"
        leftSection={cancelling ? <Loader size={14} aria-hidden="true" /> : <IconPlayerStop size={16} />}
        disabled={cancelling}
        onClick={confirmCancel}
      >
        {cancelling ? 'Cancelling' : 'Cancel run'}
      </Button>
    );
  }
  const id = end?.resultId ?? null;
  if (id === null) return <Button onClick={() => navigate({ page: 'home' })}>Choose a scenario</Button>;
  return (
    <Button leftSection={<IconFileAnalytics size={16} />} onClick={() => navigate({ page: 'result', id })}>
      Read the result
    </Button>
  );
}
