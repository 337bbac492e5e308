import { Group, Switch } from '@mantine/core';
import type { Variant } from '../../engine/model/index.ts';
import type { Mistakes } from './check.ts';
import { NumberField } from './NumberField.tsx';

interface Props {
  variant: Variant;
  index: number;
  mistakes: Mistakes;
  onChange: (settings: Variant['settings']) => void;
}

const retries = { count: 2, backoffMs: 50, jitter: 0.5, budget: 0.2 };
const circuitBreaker = { failureShare: 0.5, windowMs: 5000, minimumCallsPerSecond: 5, openMs: 2000 };
const bulkhead = { concurrent: 32, queued: 64 };
const loadShedding = { inFlight: 200 };

/** Policies around calls between modules, each a switch with sensible numbers behind it. */
export function ResilienceFields({ variant, index, mistakes, onChange }: Props) {
  const { resilience } = variant.settings;
  const set = (change: Partial<typeof resilience>): void =>
    onChange({ ...variant.settings, resilience: { ...resilience, ...change } });
  const of = `of variant ${index + 1}`;
  return (
    <Group mt="sm" gap="md" align="flex-end">
      <div style={{ width: 150 }}>
        <NumberField
          label="Deadline of a call"
          value={resilience.deadlineMs}
          suffix="ms"
          min={1}
          max={60_000}
          step={100}
          error={mistakes[`variants.${index}.settings.resilience.deadlineMs`]}
          onChange={(deadlineMs) => set({ deadlineMs })}
        />
      </div>
      <Group gap="md" mih={36}>
        <Switch
          size="xs"
          label="Retries"
          aria-label={`Retries ${of}`}
          checked={resilience.retries !== null}
          onChange={(event) => set({ retries: event.currentTarget.checked ? retries : null })}
        />
        <Switch
          size="xs"
          label="Circuit breaker"
          aria-label={`Circuit breaker ${of}`}
          checked={resilience.circuitBreaker !== null}
          onChange={(event) => set({ circuitBreaker: event.currentTarget.checked ? circuitBreaker : null })}
        />
        <Switch
          size="xs"
          label="Bulkhead"
          aria-label={`Bulkhead ${of}`}
          checked={resilience.bulkhead !== null}
          onChange={(event) => set({ bulkhead: event.currentTarget.checked ? bulkhead : null })}
        />
        <Switch
          size="xs"
          label="Load shedding"
          aria-label={`Load shedding ${of}`}
          checked={resilience.loadShedding !== null}
          onChange={(event) => set({ loadShedding: event.currentTarget.checked ? loadShedding : null })}
        />
        <Switch
          size="xs"
          label="Fallback"
          aria-label={`Fallback ${of}`}
          checked={resilience.fallback}
          onChange={(event) => set({ fallback: event.currentTarget.checked })}
        />
      </Group>
    </Group>
  );
}
