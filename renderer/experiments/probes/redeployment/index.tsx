import { MultiSelect, Select, Text } from '@mantine/core';
import { replacementStrategies, type Probes, type ReplacementStrategy } from '../../../../engine/model/index.ts';
import type { EditorProbe } from '../editor-probe.ts';
import classes from '../../experiments.module.css';

const strategyWords: Record<ReplacementStrategy, string> = {
  rolling: 'One after another, the old one serves until the new one does',
  recreate: 'Stop the old one, then start the new one',
  'blue-green': 'Everything once more, then switch over',
};

export const redeployment: EditorProbe<NonNullable<Probes['redeployment']>> = {
  title: 'Releases',
  text: 'Edits of the source go live while people are on it: how long from edit to live, what is lost, which units must go together.',
  usual: ({ changes = {} }) => ({ changes: Object.keys(changes).slice(0, 1), strategy: 'rolling' }),
  fields: ({ settings, application: { changes = {} }, errors, onChange }) => (
    <div className={classes.fields}>
      {Object.keys(changes).length === 0 ? (
        <Text size="sm" c="dimmed">
          This application names no changes that could be released.
        </Text>
      ) : (
        <MultiSelect
          label="Changes"
          description="Each is released, and taken back before the next"
          data={Object.entries(changes).map(([value, { title }]) => ({ value, label: title }))}
          value={settings.changes}
          error={Object.values(errors)[0]}
          onChange={(chosen) => onChange({ ...settings, changes: chosen })}
          searchable
        />
      )}
      <Select
        label="How units are replaced"
        data={replacementStrategies.map((value) => ({ value, label: strategyWords[value] }))}
        value={settings.strategy}
        allowDeselect={false}
        onChange={(value) =>
          onChange({ ...settings, strategy: replacementStrategies.find((one) => one === value) ?? settings.strategy })
        }
      />
    </div>
  ),
};
