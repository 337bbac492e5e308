import { Button, Code, CopyButton, Group, Skeleton, Text } from '@mantine/core';
import { IconCopy, IconFolderOpen } from '@tabler/icons-react';
import { useCallback } from 'react';
import { ask } from '../shared/bridge.ts';
import { Card } from '../shared/Card.tsx';
import { attempt } from '../shared/problem.ts';
import { useAsk } from '../shared/use-ask.ts';

/** What somebody who helps wants to know, ready to copy. */
export function Diagnostics() {
  const asked = useAsk(useCallback(() => ask('app:diagnostics'), []));
  return (
    <Card
      title="Diagnostics"
      actions={
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFolderOpen size={14} />}
            onClick={() => void attempt('The folder could not be opened', () => ask('app:open-logs'))}
          >
            Open log folder
          </Button>
          <CopyButton value={asked.value ?? ''}>
            {({ copied, copy }) => (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconCopy size={14} />}
                disabled={asked.state !== 'ready'}
                onClick={copy}
              >
                {copied ? 'Copied' : 'Copy diagnostics'}
              </Button>
            )}
          </CopyButton>
        </Group>
      }
    >
      {asked.state === 'loading' ? <Skeleton height={120} /> : null}
      {asked.state === 'failed' ? <Text size="sm">{asked.problem.message}</Text> : null}
      {asked.state === 'ready' ? (
        <Code block tabIndex={0} aria-label="Diagnostics text" style={{ maxHeight: 260, overflow: 'auto' }}>
          {asked.value}
        </Code>
      ) : null}
    </Card>
  );
}
