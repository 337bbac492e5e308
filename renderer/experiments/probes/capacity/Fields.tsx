import type { Probes } from '../../../../engine/model/index.ts';
import { NumberField } from '../../NumberField.tsx';
import type { FieldsProps } from '../editor-probe.ts';
import classes from '../../experiments.module.css';

type Capacity = NonNullable<Probes['capacity']>;

/** Between which rates, in what steps, and what must hold. */
export function CapacityFields({ settings, errors, onChange }: FieldsProps<Capacity>) {
  const { objective } = settings;
  const set = (change: Partial<Capacity>): void => onChange({ ...settings, ...change });
  return (
    <div className={classes.fields}>
      <NumberField
        label="From"
        name="Capacity from"
        value={settings.startJourneysPerSecond}
        suffix="/s"
        error={errors['startJourneysPerSecond']}
        onChange={(startJourneysPerSecond) => set({ startJourneysPerSecond })}
      />
      <NumberField
        label="To"
        name="Capacity to"
        value={settings.maxJourneysPerSecond}
        suffix="/s"
        error={errors['maxJourneysPerSecond']}
        onChange={(maxJourneysPerSecond) => set({ maxJourneysPerSecond })}
      />
      <NumberField
        label="Each step"
        value={settings.stepMs}
        scale={1000}
        suffix="s"
        error={errors['stepMs']}
        onChange={(stepMs) => set({ stepMs })}
      />
      <NumberField
        label="Precision"
        value={settings.precision}
        scale={0.01}
        suffix="%"
        error={errors['precision']}
        onChange={(precision) => set({ precision })}
      />
      <NumberField
        label="p95 at most"
        value={objective.p95Ms}
        suffix="ms"
        error={errors['objective.p95Ms']}
        onChange={(p95Ms) => set({ objective: { ...objective, p95Ms } })}
      />
      <NumberField
        label="Availability at least"
        value={objective.availability}
        scale={0.01}
        suffix="%"
        error={errors['objective.availability']}
        onChange={(availability) => set({ objective: { ...objective, availability } })}
      />
    </div>
  );
}
