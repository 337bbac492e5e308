import type { Resilience } from '../../../engine/model/index.ts';
import { NumberField } from '../NumberField.tsx';
import { BreakerFields } from './BreakerFields.tsx';
import { usualPolicies } from './policies.ts';
import { Policy } from './Policy.tsx';
import { RetryFields } from './RetryFields.tsx';
import classes from '../experiments.module.css';

interface Props {
  resilience: Resilience;
  /** Of which variant, for assistive technology. */
  of: string;
  /** Mistakes by what follows `resilience`. */
  errors: (policy: string) => Record<string, string>;
  onChange: (resilience: Resilience) => void;
}

/** Policies around calls between modules, each a switch with its numbers. */
export function ResilienceFields({ resilience, of, errors, onChange }: Props) {
  const { retries, circuitBreaker, bulkhead, loadShedding } = resilience;
  const set = (change: Partial<Resilience>): void => onChange({ ...resilience, ...change });
  return (
    <>
      <div className={classes.fields}>
        <NumberField
          label="Deadline of a call"
          name={`Deadline of a call ${of}`}
          value={resilience.deadlineMs}
          suffix="ms"
          min={1}
          max={60_000}
          step={100}
          error={errors('')['deadlineMs']}
          onChange={(deadlineMs) => set({ deadlineMs })}
        />
      </div>
      <Policy
        title="Retries"
        text="A call that failed in a way that may pass is made again."
        of={of}
        on={retries !== null}
        onChange={(on) => set({ retries: on ? { ...usualPolicies.retries } : null })}
      >
        {retries === null ? null : (
          <RetryFields
            retries={retries}
            of={of}
            errors={errors('retries')}
            onChange={(next) => set({ retries: next })}
          />
        )}
      </Policy>
      <Policy
        title="Circuit breaker"
        text="When too many calls to a module fail, it is not called for a while."
        of={of}
        on={circuitBreaker !== null}
        onChange={(on) => set({ circuitBreaker: on ? { ...usualPolicies.circuitBreaker } : null })}
      >
        {circuitBreaker === null ? null : (
          <BreakerFields
            breaker={circuitBreaker}
            of={of}
            errors={errors('circuitBreaker')}
            onChange={(next) => set({ circuitBreaker: next })}
          />
        )}
      </Policy>
      <Policy
        title="Bulkhead"
        text="Only so many calls to a module at once; further ones queue, then fail."
        of={of}
        on={bulkhead !== null}
        onChange={(on) => set({ bulkhead: on ? { ...usualPolicies.bulkhead } : null })}
      >
        {bulkhead === null ? null : (
          <>
            <NumberField
              label="At once"
              name={`Calls at once ${of}`}
              value={bulkhead.concurrent}
              min={1}
              max={10_000}
              error={errors('bulkhead')['concurrent']}
              onChange={(concurrent) => set({ bulkhead: { ...bulkhead, concurrent } })}
            />
            <NumberField
              label="Queued"
              name={`Calls that queue ${of}`}
              value={bulkhead.queued}
              min={0}
              max={100_000}
              error={errors('bulkhead')['queued']}
              onChange={(queued) => set({ bulkhead: { ...bulkhead, queued } })}
            />
          </>
        )}
      </Policy>
      <Policy
        title="Load shedding"
        text="A unit that has enough to do answers 503 at once."
        of={of}
        on={loadShedding !== null}
        onChange={(on) => set({ loadShedding: on ? { ...usualPolicies.loadShedding } : null })}
      >
        {loadShedding === null ? null : (
          <NumberField
            label="Requests at once"
            name={`Requests at once before shedding ${of}`}
            value={loadShedding.inFlight}
            min={1}
            max={100_000}
            step={10}
            error={errors('loadShedding')['inFlight']}
            onChange={(inFlight) => set({ loadShedding: { inFlight } })}
          />
        )}
      </Policy>
      <Policy
        title="Fallback"
        text="Callers answer without an optional module when it fails."
        of={of}
        on={resilience.fallback}
        onChange={(fallback) => set({ fallback })}
      />
    </>
  );
}
