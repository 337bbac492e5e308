import { Select } from '@mantine/core';
import { Card } from '../shared/Card.tsx';
import { NumberField, OptionalNumberField } from './NumberField.tsx';
import type { SectionProps } from './section.ts';
import classes from './experiments.module.css';

/** What the presets throw away at the start of a window. */
const usualLeadIn = { leadInMs: 500, leadInRequests: 40 };

/** Rate, arrivals, deadline, warm-up, how long is measured. */
export function LoadSection({ experiment, mistakes, set }: SectionProps) {
  const { load, warmUp, probes } = experiment;
  return (
    <Card title="Load">
      <div className={classes.fields}>
        <NumberField
          label="Journeys per second"
          value={load.journeysPerSecond}
          suffix="/s"
          error={mistakes['load.journeysPerSecond']}
          min={0.1}
          onChange={(journeysPerSecond) => set({ load: { ...load, journeysPerSecond } })}
        />
        <Select
          label="Arrivals"
          data={[
            { value: 'poisson', label: 'Random (Poisson)' },
            { value: 'constant', label: 'Evenly spaced' },
          ]}
          value={load.arrivals}
          onChange={(arrivals) =>
            set({ load: { ...load, arrivals: arrivals === 'constant' ? 'constant' : 'poisson' } })
          }
        />
        <NumberField
          label="Deadline of a request"
          value={load.deadlineMs}
          suffix="ms"
          step={100}
          error={mistakes['load.deadlineMs']}
          onChange={(deadlineMs) => set({ load: { ...load, deadlineMs } })}
        />
        <NumberField
          label="Measured for"
          value={probes.latency.durationMs}
          scale={1000}
          suffix="s"
          min={1}
          error={mistakes['probes.latency.durationMs']}
          onChange={(durationMs) => set({ probes: { ...probes, latency: { ...probes.latency, durationMs } } })}
        />
        <OptionalNumberField
          label="In windows of"
          description="In turn with the other deployments of the block"
          placeholder="in one piece"
          value={probes.latency.windows?.lengthMs ?? null}
          scale={1000}
          suffix="s"
          min={0.5}
          step={0.5}
          error={mistakes['probes.latency.windows.lengthMs']}
          onChange={(lengthMs) =>
            set({
              probes: {
                ...probes,
                latency: {
                  ...probes.latency,
                  windows: lengthMs === null ? null : { ...usualLeadIn, ...probes.latency.windows, lengthMs },
                },
              },
            })
          }
        />
        <NumberField
          label="Warm-up, at least"
          value={warmUp.minMs}
          scale={1000}
          suffix="s"
          min={0}
          error={mistakes['warmUp.minMs']}
          onChange={(minMs) => set({ warmUp: { ...warmUp, minMs } })}
        />
        <NumberField
          label="Warm-up, at most"
          value={warmUp.maxMs}
          scale={1000}
          suffix="s"
          min={0}
          error={mistakes['warmUp.maxMs']}
          onChange={(maxMs) => set({ warmUp: { ...warmUp, maxMs } })}
        />
        <NumberField
          label="Warm-up, requests"
          description="At least as many"
          value={warmUp.minRequests}
          step={100}
          min={0}
          error={mistakes['warmUp.minRequests']}
          onChange={(minRequests) => set({ warmUp: { ...warmUp, minRequests } })}
        />
        <NumberField
          label="Connections"
          description="Open at once, at most"
          value={load.maxConnections}
          min={1}
          error={mistakes['load.maxConnections']}
          onChange={(maxConnections) => set({ load: { ...load, maxConnections } })}
        />
      </div>
    </Card>
  );
}
