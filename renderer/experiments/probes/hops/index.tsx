import type { Probes } from '../../../../engine/model/index.ts';
import { NumberField } from '../../NumberField.tsx';
import type { EditorProbe } from '../editor-probe.ts';
import classes from '../../experiments.module.css';

export const hops: EditorProbe<NonNullable<Probes['hops']>> = {
  title: 'Calls',
  text: 'Where the time of a request goes: own code, store, network, serialisation, queue.',
  usual: () => ({ traceShare: 0.1, durationMs: 5000 }),
  fields: ({ settings, errors, onChange }) => (
    <div className={classes.fields}>
      <NumberField
        label="Traced for"
        value={settings.durationMs}
        scale={1000}
        suffix="s"
        error={errors['durationMs']}
        onChange={(durationMs) => onChange({ ...settings, durationMs })}
      />
      <NumberField
        label="Share of requests"
        value={settings.traceShare}
        scale={0.01}
        suffix="%"
        error={errors['traceShare']}
        onChange={(traceShare) => onChange({ ...settings, traceShare })}
      />
    </div>
  ),
};
