import { MultiSelect, Select, Stack, Text } from '@mantine/core';
import { replacementStrategies, type Probes } from '../../../../engine/model/index.ts';
import { changeOptions, renderChange } from '../../../shared/change-options.tsx';
import { strategyWords } from '../../../shared/strategy-words.ts';
import type { EditorProbe } from '../editor-probe.ts';

export const redeployment: EditorProbe<NonNullable<Probes['redeployment']>> = {
  title: 'Releases',
  text: 'Edits of the source go live while people are on it: how long from edit to live, what is lost, which units must go together.',
  usual: ({ changes = {} }) => ({ changes: Object.keys(changes).slice(0, 1), strategy: 'rolling' }),
  fields: ({ settings, application, errors, onChange }) => (
    <Stack gap="sm" maw={620}>
      {Object.keys(application.changes ?? {}).length === 0 ? (
        <Text size="sm" c="dimmed">
          This application names no changes that could be released.
        </Text>
      ) : (
        <MultiSelect
          label="Changes"
          description="Each is released, and taken back before the next"
          data={changeOptions(application)}
          renderOption={renderChange(application)}
          value={settings.changes}
          error={Object.values(errors)[0]}
          onChange={(chosen) => onChange({ ...settings, changes: chosen })}
          searchable
        />
      )}
      <Select
        label="How units are replaced"
        data={replacementStrategies.map((value) => ({ value, label: strategyWords[value].text }))}
        value={settings.strategy}
        allowDeselect={false}
        onChange={(value) =>
          onChange({ ...settings, strategy: replacementStrategies.find((one) => one === value) ?? settings.strategy })
        }
      />
    </Stack>
  ),
};
