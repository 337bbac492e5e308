import type { Application, Probes } from '../../../engine/model/index.ts';
import { FaultFields } from '../../shared/FaultFields.tsx';
import { mistakesUnder } from '../check.ts';
import { NumberField } from '../NumberField.tsx';
import classes from '../experiments.module.css';

type Storm = NonNullable<Probes['storm']>;

interface Props {
  storm: Storm;
  application: Application;
  errors: Record<string, string>;
  onChange: (storm: Storm) => void;
}

/** How high the spike is, how long everything lasts, and what is broken meanwhile. */
export function StormFields({ storm, application, errors, onChange }: Props) {
  const set = (change: Partial<Storm>): void => onChange({ ...storm, ...change });
  return (
    <>
      <div className={classes.fields} style={{ marginBottom: 12 }}>
        <NumberField
          label="Load of the spike"
          value={storm.spikeFactor}
          suffix="x"
          min={1}
          max={50}
          error={errors['spikeFactor']}
          onChange={(spikeFactor) => set({ spikeFactor })}
        />
        <NumberField
          label="Before it"
          name="Storm baseline"
          value={storm.baselineMs}
          scale={1000}
          suffix="s"
          min={1}
          error={errors['baselineMs']}
          onChange={(baselineMs) => set({ baselineMs })}
        />
        <NumberField
          label="Spike"
          value={storm.spikeMs}
          scale={1000}
          suffix="s"
          min={1}
          error={errors['spikeMs']}
          onChange={(spikeMs) => set({ spikeMs })}
        />
        <NumberField
          label="Recovery awaited"
          value={storm.recoveryMs}
          scale={1000}
          suffix="s"
          min={1}
          error={errors['recoveryMs']}
          onChange={(recoveryMs) => set({ recoveryMs })}
        />
      </div>
      <FaultFields
        fault={storm.fault}
        application={application}
        errors={mistakesUnder(errors, 'fault')}
        onChange={(fault) => set({ fault })}
      />
    </>
  );
}
