import { Button, Group, SegmentedControl, Switch, Text } from '@mantine/core';
import { formatBytes } from '../../report/index.ts';
import { ask } from '../shared/bridge.ts';
import { Card } from '../shared/Card.tsx';
import { PageFrame } from '../shared/PageFrame.tsx';
import { PageLoading } from '../shared/PageLoading.tsx';
import { attempt } from '../shared/problem.ts';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { refresh, useWorld } from '../shared/stores.ts';
import { changeSettings } from './change-settings.ts';
import { Diagnostics } from './Diagnostics.tsx';
import { DraftField, wholeNumber } from './DraftField.tsx';
import { Setting } from './Setting.tsx';
import classes from './settings.module.css';

const mebibyte = 2 ** 20;

/** Everything a person may choose; each choice is kept at once. */
export function SettingsPage() {
  const settings = useWorld((world) => world.settings);
  const problem = useWorld((world) => world.problems.settings);
  const info = useWorld((world) => world.info);
  if (problem !== undefined) {
    return (
      <PageFrame title="Settings">
        <ProblemNote
          title="The settings could not be read"
          problem={problem}
          onRetry={() => void refresh('settings')}
        />
      </PageFrame>
    );
  }
  if (settings === null) return <PageLoading />;
  const machine = info === null ? '' : ` This machine has ${info.cpus} CPUs and ${formatBytes(info.memoryBytes)}.`;
  return (
    <PageFrame title="Settings" lead="Each change is kept at once.">
      <div className={classes.sections}>
        <Card title="Appearance">
          <Setting title="Theme" text="Light, dark, or as the system has it.">
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label="Theme"
              value={settings.theme}
              onChange={(theme) => void changeSettings({ theme: theme })}
              data={[
                { value: 'system', label: 'System' },
                { value: 'light', label: 'Light' },
                { value: 'dark', label: 'Dark' },
              ]}
            />
          </Setting>
          <Setting title="Notifications" text="Tells you when a run has ended while the window is in the background.">
            <Switch
              aria-label="Notify when a run has ended"
              checked={settings.notifyWhenDone}
              onChange={(event) => void changeSettings({ notifyWhenDone: event.currentTarget.checked })}
            />
          </Setting>
        </Card>
        <Card title="Engine">
          <Setting
            title="Runtime"
            text="Containers are the real thing. Processes need no engine. Automatic takes containers when an engine answers."
          >
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label="Runtime"
              value={settings.runtime}
              onChange={(runtime) => void changeSettings({ runtime: runtime })}
              data={[
                { value: 'auto', label: 'Automatic' },
                { value: 'docker', label: 'Containers' },
                { value: 'process', label: 'Processes' },
              ]}
            />
          </Setting>
          <Setting
            title="Engine address"
            text="Only when the right engine is not found by itself. Empty means: look for it."
          >
            <DraftField
              label="Engine address"
              placeholder="unix:///var/run/docker.sock"
              value={settings.engineAddress ?? ''}
              check={checkAddress}
              onKeep={(text) => void changeSettings({ engineAddress: text === '' ? null : text })}
            />
          </Setting>
        </Card>
        <Card title="Limits">
          <Setting
            title="CPUs"
            text={`What all units of a deployment share, unless an experiment says otherwise.${machine}`}
          >
            <DraftField
              label="CPUs"
              placeholder="chosen for this machine"
              value={settings.cpus?.toString() ?? ''}
              check={wholeNumber(1, info?.cpus ?? 256)}
              onKeep={(text) => void changeSettings({ cpus: text === '' ? null : Number(text) })}
            />
          </Setting>
          <Setting title="Memory" text="What all units of a deployment share.">
            <DraftField
              label="Memory in MiB"
              placeholder="chosen for this machine"
              suffix="MiB"
              value={settings.memoryBytes === null ? '' : String(Math.round(settings.memoryBytes / mebibyte))}
              check={wholeNumber(64, info === null ? 1_048_576 : Math.floor(info.memoryBytes / mebibyte))}
              onKeep={(text) => void changeSettings({ memoryBytes: text === '' ? null : Number(text) * mebibyte })}
            />
          </Setting>
        </Card>
        <Card title="Data">
          <Setting title="Data folder" text="Where results, experiments and cuts are kept.">
            <Group gap="xs" wrap="nowrap">
              <Text size="xs" style={{ flex: 1, wordBreak: 'break-all' }}>
                {settings.dataFolder ?? info?.dataFolder ?? 'the usual place'}
              </Text>
              <Button
                size="xs"
                variant="default"
                aria-label="Change the data folder"
                onClick={() =>
                  void attempt('The folder could not be chosen', async () => {
                    const dataFolder = await ask('settings:choose-folder');
                    if (dataFolder !== null) await changeSettings({ dataFolder });
                  })
                }
              >
                Change
              </Button>
            </Group>
          </Setting>
        </Card>
        <Diagnostics />
      </div>
    </PageFrame>
  );
}

function checkAddress(text: string): string | null {
  return text === '' || /^(unix|npipe|tcp|http|https|ssh):\/\/\S+$/.test(text)
    ? null
    : 'An address starts with unix://, npipe://, tcp:// or ssh://.';
}
