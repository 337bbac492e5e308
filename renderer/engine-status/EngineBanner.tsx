import { ActionIcon, Button, Group } from '@mantine/core';
import { IconPlugConnectedX, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { ask } from '../shared/bridge.ts';
import { attempt } from '../shared/problem.ts';
import { useWorld } from '../shared/stores.ts';
import { checkEngine } from './EngineLine.tsx';
import { engineLine, processRuntimeNote } from './words.ts';
import classes from './engine-status.module.css';

/** Over every page while no engine answers and one is wanted: what is the matter, the exact next step, what happens meanwhile. */
export function EngineBanner() {
  const status = useWorld((world) => world.engine);
  const settings = useWorld((world) => world.settings);
  // Put away until something else is the matter; the status line says it all the time.
  const [hidden, setHidden] = useState<string | null>(null);
  if (status === null || status.state === 'healthy' || status.state === 'checking' || settings?.runtime === 'process')
    return null;
  if (hidden === status.state) return null;
  return (
    <section className={classes.banner} aria-label="Engine problem">
      <IconPlugConnectedX size={18} aria-hidden="true" />
      <div className={classes.bannerText}>
        <b>{engineLine(status).text}.</b> {status.nextStep} {processRuntimeNote(status, settings)}
      </div>
      <Group gap="xs">
        {status.state === 'missing' ? (
          <Button
            size="xs"
            variant="default"
            onClick={() => void attempt('The page could not be opened', () => ask('app:open-link', 'docker-install'))}
          >
            How to install
          </Button>
        ) : null}
        <Button size="xs" variant="default" onClick={() => void checkEngine()}>
          Check again
        </Button>
        <ActionIcon aria-label="Hide this note" color="dark" onClick={() => setHidden(status.state)}>
          <IconX size={16} />
        </ActionIcon>
      </Group>
    </section>
  );
}
