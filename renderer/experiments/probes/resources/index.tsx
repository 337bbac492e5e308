import type { Probes } from '../../../../engine/model/index.ts';
import { NumberField } from '../../NumberField.tsx';
import type { EditorProbe } from '../editor-probe.ts';
import classes from '../../experiments.module.css';

export const resources: EditorProbe<NonNullable<Probes['resources']>> = {
  title: 'Resources',
  text: 'CPU and memory per 1,000 good requests, and what an idle deployment costs.',
  usual: () => ({ idleMs: 5000 }),
  fields: ({ settings, errors, onChange }) => (
    <div className={classes.fields}>
      <NumberField
        label="Idle window"
        value={settings.idleMs}
        scale={1000}
        suffix="s"
        error={errors['idleMs']}
        onChange={(idleMs) => onChange({ idleMs })}
      />
    </div>
  ),
};
