import type { Probes } from '../../../engine/model/index.ts';
import { NumberField } from '../NumberField.tsx';
import classes from '../experiments.module.css';

type Capacity = NonNullable<Probes['capacity']>;

interface Props {
  capacity: Capacity;
  errors: Record<string, string>;
  onChange: (capacity: Capacity) => void;
}

/** Between which rates, in what steps, and what must hold. */
export function CapacityFields({ capacity, errors, onChange }: Props) {
  const { objective } = capacity;
  const set = (change: Partial<Capacity>): void => onChange({ ...capacity, ...change });
  return (
    <div className={classes.fields}>
      <NumberField
        label="From"
        name="Capacity from"
        value={capacity.startJourneysPerSecond}
        suffix="/s"
        error={errors['startJourneysPerSecond']}
        onChange={(startJourneysPerSecond) => set({ startJourneysPerSecond })}
      />
      <NumberField
        label="To"
        name="Capacity to"
        value={capacity.maxJourneysPerSecond}
        suffix="/s"
        error={errors['maxJourneysPerSecond']}
        onChange={(maxJourneysPerSecond) => set({ maxJourneysPerSecond })}
      />
      <NumberField
        label="Each step"
        value={capacity.stepMs}
        scale={1000}
        suffix="s"
        error={errors['stepMs']}
        onChange={(stepMs) => set({ stepMs })}
      />
      <NumberField
        label="Precision"
        value={capacity.precision}
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
