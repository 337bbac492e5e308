import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useEffect, useState } from 'react';
import { lookAtMachine, useMachine } from './machine-store.ts';
import { loudSentence } from './words.ts';

const lookAgainMs = 3000;
/** A look older than that says nothing of now. */
const freshMs = 30_000;
const modalId = 'wait-for-quiet';

/** Whether to start: yes at once on a machine that was quiet a moment ago or is not known; otherwise a person decides, or quiet comes. */
export function agreedToStart(): Promise<boolean> {
  const { now, atMs } = useMachine.getState();
  if (now === null || now.quiet || Date.now() - atMs > freshMs) return Promise.resolve(true);
  return new Promise((resolve) => {
    const answer = (start: boolean): void => {
      resolve(start);
      modals.close(modalId);
    };
    modals.open({
      modalId,
      title: 'The machine is not quiet',
      onClose: () => resolve(false),
      children: <WaitForQuiet answer={answer} />,
    });
  });
}

function WaitForQuiet({ answer }: { answer: (start: boolean) => void }) {
  const now = useMachine((machine) => machine.now);
  const [waiting, setWaiting] = useState(false);
  useEffect(() => {
    if (!waiting) return undefined;
    if (now?.quiet === true) {
      answer(true);
      return undefined;
    }
    // The next look is timed from the answer to the last.
    const timer = setTimeout(() => void lookAtMachine(), lookAgainMs);
    return () => clearTimeout(timer);
  }, [waiting, now, answer]);
  return (
    <Stack gap="sm">
      <Text size="sm" role="status">
        {now === null ? '' : loudSentence(now)}
      </Text>
      <Text size="sm" c="dimmed">
        Rounds that are disturbed are marked; more blocks, or a few of them once more, make up for it as far as the plan
        goes. On a machine that stays loud less is decided.
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => answer(true)}>
          Run anyway
        </Button>
        <Button
          disabled={waiting}
          leftSection={waiting ? <Loader size={14} aria-hidden="true" /> : undefined}
          onClick={() => setWaiting(true)}
        >
          {waiting ? 'Waiting for quiet' : 'Wait for quiet'}
        </Button>
      </Group>
    </Stack>
  );
}
