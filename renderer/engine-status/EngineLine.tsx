import { Button, DataList, Group, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { formatTime } from '../../report/index.ts';
import { ask } from '../shared/bridge.ts';
import { attempt } from '../shared/problem.ts';
import { navigate } from '../shared/router.ts';
import { useWorld } from '../shared/stores.ts';
import { engineLine, processRuntimeNote } from './words.ts';
import classes from './engine-status.module.css';

/** Looks for the engine now. */
export function checkEngine(): Promise<boolean> {
  return attempt('The engine could not be checked', async () =>
    useWorld.setState({ engine: await ask('engine:check') }),
  );
}

/** The engine in the status line: what it is, whether it answers, the next step; details on click. */
export function EngineLine() {
  const status = useWorld((world) => world.engine);
  const settings = useWorld((world) => world.settings);
  const { tone, text } = engineLine(status);
  const note = processRuntimeNote(status, settings);
  const next = status?.nextStep ?? null;
  return (
    <Popover width={380} position="top-start" withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.line} aria-label={`Engine: ${text}`}>
          <span className={classes.dot} data-tone={tone} aria-hidden="true" />
          <span className={classes.text} role="status">
            {next === null ? text : `${text} · ${next}`}
          </span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="Engine details">
        <Stack gap="sm">
          <Text fw={620}>{text}</Text>
          {status?.problem == null ? null : <Text size="sm">{status.problem}</Text>}
          {next === null ? null : (
            <Text size="sm">
              <b>Next step:</b> {next}
            </Text>
          )}
          {note === null ? null : (
            <Text size="sm" c="dimmed">
              {note}
            </Text>
          )}
          <DataList size="xs" orientation="horizontal" labelWidth={90}>
            <DataList.Item>
              <DataList.ItemLabel>Address</DataList.ItemLabel>
              <DataList.ItemValue style={{ wordBreak: 'break-all' }}>{status?.endpoint ?? 'none'}</DataList.ItemValue>
            </DataList.Item>
            <DataList.Item>
              <DataList.ItemLabel>Checked</DataList.ItemLabel>
              <DataList.ItemValue>{status === null ? 'not yet' : formatTime(status.checkedAtMs)}</DataList.ItemValue>
            </DataList.Item>
          </DataList>
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => void checkEngine()}>
              Check again
            </Button>
            <Button size="xs" variant="default" onClick={() => navigate({ page: 'settings' })}>
              Engine settings
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
