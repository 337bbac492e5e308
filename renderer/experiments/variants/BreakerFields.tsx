import type { Resilience } from '../../../engine/model/index.ts';
import { NumberField } from '../NumberField.tsx';

type Breaker = NonNullable<Resilience['circuitBreaker']>;

interface Props {
  breaker: Breaker;
  of: string;
  errors: Record<string, string>;
  onChange: (breaker: Breaker) => void;
}

/** When it opens and for how long. */
export function BreakerFields({ breaker, of, errors, onChange }: Props) {
  const set = (change: Partial<Breaker>): void => onChange({ ...breaker, ...change });
  return (
    <>
      <NumberField
        label="Opens at"
        name={`Failed share that opens the breaker ${of}`}
        description="Failed share of the calls"
        suffix="%"
        scale={0.01}
        value={breaker.failureShare}
        min={1}
        max={100}
        step={5}
        error={errors['failureShare']}
        onChange={(failureShare) => set({ failureShare })}
      />
      <NumberField
        label="Within"
        name={`Window of the breaker ${of}`}
        description="Calls that are looked at"
        suffix="s"
        scale={1000}
        value={breaker.windowMs}
        min={0.1}
        max={60}
        error={errors['windowMs']}
        onChange={(windowMs) => set({ windowMs })}
      />
      <NumberField
        label="From"
        name={`Calls from which the breaker judges ${of}`}
        description="Calls; fewer are not judged"
        suffix="/s"
        value={breaker.minimumCallsPerSecond}
        min={0}
        max={1000}
        error={errors['minimumCallsPerSecond']}
        onChange={(minimumCallsPerSecond) => set({ minimumCallsPerSecond })}
      />
      <NumberField
        label="Stays open"
        name={`Time the breaker stays open ${of}`}
        description="Then it tries one call"
        suffix="s"
        scale={1000}
        value={breaker.openMs}
        min={0.1}
        max={60}
        error={errors['openMs']}
        onChange={(openMs) => set({ openMs })}
      />
    </>
  );
}
