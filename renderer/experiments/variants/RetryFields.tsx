import type { Resilience } from '../../../engine/model/index.ts';
import { NumberField, OptionalNumberField } from '../NumberField.tsx';

type Retries = NonNullable<Resilience['retries']>;

interface Props {
  retries: Retries;
  of: string;
  errors: Record<string, string>;
  onChange: (retries: Retries) => void;
}

/** How often, after what wait, and how many of all calls. */
export function RetryFields({ retries, of, errors, onChange }: Props) {
  const set = (change: Partial<Retries>): void => onChange({ ...retries, ...change });
  return (
    <>
      <NumberField
        label="At most"
        name={`Retries at most ${of}`}
        description="After the first attempt"
        value={retries.count}
        min={1}
        max={10}
        error={errors['count']}
        onChange={(count) => set({ count })}
      />
      <NumberField
        label="Wait"
        name={`Wait before a retry ${of}`}
        description="Doubles each time"
        suffix="ms"
        value={retries.backoffMs}
        min={0}
        max={10_000}
        step={10}
        error={errors['backoffMs']}
        onChange={(backoffMs) => set({ backoffMs })}
      />
      <NumberField
        label="Jitter"
        name={`Jitter of the wait ${of}`}
        description="Random part of a wait"
        suffix="%"
        scale={0.01}
        value={retries.jitter}
        min={0}
        max={100}
        step={10}
        error={errors['jitter']}
        onChange={(jitter) => set({ jitter })}
      />
      <OptionalNumberField
        label="Budget"
        name={`Retry budget ${of}`}
        description="Of first attempts; empty: none"
        placeholder="no budget"
        suffix="%"
        scale={0.01}
        value={retries.budget}
        min={0}
        max={100}
        step={5}
        error={errors['budget']}
        onChange={(budget) => set({ budget })}
      />
    </>
  );
}
