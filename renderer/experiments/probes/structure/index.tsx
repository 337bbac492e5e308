import { Switch } from '@mantine/core';
import type { Probes } from '../../../../engine/model/index.ts';
import type { EditorProbe } from '../editor-probe.ts';

export const structure: EditorProbe<NonNullable<Probes['structure']>> = {
  title: 'Structure',
  text: 'What each unit is made of, who calls whom, and which units a change gets into. Looked at once, without any load.',
  usual: ({ changes = {} }) => ({ changes: Object.keys(changes).length > 0 }),
  fields: ({ settings, application: { changes = {} }, onChange }) => (
    <Switch
      label="Which units each change gets into"
      description={
        Object.keys(changes).length === 0 ? 'This application names no changes' : 'Every change that the manifest names'
      }
      checked={settings.changes}
      disabled={Object.keys(changes).length === 0}
      onChange={(event) => onChange({ ...settings, changes: event.currentTarget.checked })}
    />
  ),
};
