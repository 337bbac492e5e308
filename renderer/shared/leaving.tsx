import { Button, Group, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useEffect, useRef } from 'react';
import type { Route } from '../../engine/model/index.ts';
import { guardLeaving } from './router.ts';

/** What is asked of somebody who leaves something unsaved. */
export interface Unsaved {
  text: string;
  /** What the first way out is called, and does; left out where there is none. */
  save?: { label: string; action: () => Promise<boolean> | void } | undefined;
  /** Leaves it as it is, to be found again. */
  keep?: { label: string } | undefined;
  discard: () => void;
}

/** While `unsaved` is there, going to a page for which it answers with something asks first. */
export function useLeaveGuard(unsaved: (to: Route) => Unsaved | null): void {
  const latest = useRef(unsaved);
  useEffect(() => {
    latest.current = unsaved;
  });
  useEffect(
    () =>
      guardLeaving((to, proceed) => {
        const found = latest.current(to);
        if (found === null) return true;
        ask(found, proceed);
        return false;
      }),
    [],
  );
}

function ask({ text, save, keep, discard }: Unsaved, proceed: () => void): void {
  const modalId = 'leaving';
  const close = (): void => modals.close(modalId);
  const leave = (): void => {
    close();
    proceed();
  };
  modals.open({
    modalId,
    title: 'Leave what is not saved?',
    children: (
      <Stack>
        <Text size="sm">{text}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            Stay here
          </Button>
          <Button variant="default" onClick={() => (discard(), leave())}>
            Discard changes
          </Button>
          {keep === undefined ? null : (
            <Button variant="default" onClick={leave}>
              {keep.label}
            </Button>
          )}
          {save === undefined ? null : (
            <Button
              data-autofocus
              onClick={() => {
                const saved = save.action();
                // Where saving asks for more, it is what happens next instead of leaving.
                if (saved === undefined) close();
                else void saved.then((done) => done && leave());
              }}
            >
              {save.label}
            </Button>
          )}
        </Group>
      </Stack>
    ),
  });
}
