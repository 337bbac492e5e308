import { Button } from '@mantine/core';
import { IconExternalLink, IconPlayerStop } from '@tabler/icons-react';
import type { ExploreState } from '../../engine/model/index.ts';
import { ask } from '../shared/bridge.ts';
import { attempt } from '../shared/problem.ts';

/** Open it, stop it. */
export function ExploreActions({ explore }: { explore: ExploreState }) {
  return (
    <>
      <Button
        leftSection={<IconExternalLink size={16} />}
        disabled={explore.phase !== 'running' || explore.url === null}
        onClick={() => void attempt('The browser could not be opened', () => ask('explore:open'))}
      >
        Open in browser
      </Button>
      <Button
        variant="default"
        leftSection={<IconPlayerStop size={16} />}
        loading={explore.phase === 'stopping'}
        onClick={() => void attempt('The deployment could not be stopped', () => ask('explore:stop'))}
      >
        Stop
      </Button>
    </>
  );
}
