import { Button } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { EmptyPage } from '../shared/EmptyPage.tsx';
import { navigate } from '../shared/router.ts';
import { useRun } from './run-store.ts';
import { RunBoard } from './RunBoard.tsx';

/** What is running now, or what ran last since the window opened. */
export function RunPage() {
  const known = useRun((state) => state.runId !== null);
  if (known) return <RunBoard />;
  return (
    <EmptyPage
      order={1}
      icon={<IconActivity size={28} stroke={1.5} />}
      title="Nothing is running"
      text="Launch a scenario and watch it here: every step in words, charts of each variant, the units as they start, break and recover."
    >
      <Button onClick={() => navigate({ page: 'home' })}>Choose a scenario</Button>
    </EmptyPage>
  );
}
