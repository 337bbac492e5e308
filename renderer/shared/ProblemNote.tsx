import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Problem } from './problem.ts';

/** A failure in the place of what could not be shown, with what to do. */
export function ProblemNote({ title, problem, onRetry }: { title: string; problem: Problem; onRetry?: () => void }) {
  return (
    <Alert color="red" variant="light" title={title} icon={<IconAlertTriangle size={18} />} role="alert">
      <Text size="sm">{problem.message}</Text>
      {problem.nextStep === null ? null : (
        <Text size="sm" mt={4}>
          <b>Next step:</b> {problem.nextStep}
        </Text>
      )}
      {onRetry === undefined ? null : (
        <Group mt="sm">
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        </Group>
      )}
    </Alert>
  );
}
