import type { Probes } from '../../../../engine/model/index.ts';
import { NumberField } from '../../NumberField.tsx';
import type { EditorProbe } from '../editor-probe.ts';
import classes from '../../experiments.module.css';

export const consistency: EditorProbe<NonNullable<Probes['consistency']>> = {
  title: 'Consistency',
  text: 'Whether money and stock add up after the faults: lost, duplicated, phantom and stuck orders.',
  usual: () => ({ settleMs: 5000 }),
  fields: ({ settings, errors, onChange }) => (
    <div className={classes.fields}>
      <NumberField
        label="Settle for"
        value={settings.settleMs}
        scale={1000}
        suffix="s"
        error={errors['settleMs']}
        onChange={(settleMs) => onChange({ settleMs })}
      />
    </div>
  ),
};
