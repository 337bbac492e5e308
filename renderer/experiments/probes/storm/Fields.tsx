import type { Probes } from '../../../../engine/model/index.ts';
import { FaultFields } from '../../../shared/FaultFields.tsx';
import { mistakesUnder } from '../../check.ts';
import { NumberField } from '../../NumberField.tsx';
import type { FieldsProps } from '../editor-probe.ts';
import classes from '../../experiments.module.css';

type Storm = NonNullable<Probes['storm']>;

/** How high the spike is, how long everything lasts, and what is broken meanwhile. */
export function StormFields({ settings, application, errors, instancesOf, onChange }: FieldsProps<Storm>) {
  const set = (change: Partial<Storm>): void => onChange({ ...settings, ...change });
  return (
    <>
      <div className={classes.fields} style={{ marginBottom: 12 }}>
        <NumberField
          label="Load of the spike"
          value={settings.spikeFactor}
          suffix="x"
          min={1.1}
          max={50}
          error={errors['spikeFactor']}
          onChange={(spikeFactor) => set({ spikeFactor })}
        />
        <NumberField
          label="Before it"
          name="Storm baseline"
          value={settings.baselineMs}
          scale={1000}
          suffix="s"
          min={1}
          error={errors['baselineMs']}
          onChange={(baselineMs) => set({ baselineMs })}
        />
        <NumberField
          label="Spike"
          value={settings.spikeMs}
          scale={1000}
          suffix="s"
          min={1}
          error={errors['spikeMs']}
          onChange={(spikeMs) => set({ spikeMs })}
        />
        <NumberField
          label="Recovery awaited"
          value={settings.recoveryMs}
          scale={1000}
          suffix="s"
          min={1}
          error={errors['recoveryMs']}
          onChange={(recoveryMs) => set({ recoveryMs })}
        />
      </div>
      <FaultFields
        fault={settings.fault}
        application={application}
        instances={instancesOf(settings.fault)}
        errors={mistakesUnder(errors, 'fault')}
        onChange={(fault) => set({ fault })}
      />
    </>
  );
}
