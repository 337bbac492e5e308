import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Probes } from '../../engine/model/index.ts';
import { Card } from '../shared/Card.tsx';
import { NumberField } from './NumberField.tsx';
import type { SectionProps } from './section.ts';
import classes from './experiments.module.css';

const usual = {
  resources: { idleMs: 5000 },
  capacity: {
    startJourneysPerSecond: 20,
    maxJourneysPerSecond: 400,
    stepMs: 5000,
    precision: 0.1,
    objective: { p95Ms: 250, availability: 0.99 },
  },
  hops: { traceShare: 0.1, durationMs: 5000 },
  consistency: { settleMs: 5000 },
} as const satisfies Partial<Probes>;

/** What else is measured. Deployment and response time always are. */
export function ProbesSection({ experiment, mistakes, set }: SectionProps) {
  const { probes } = experiment;
  const change = (next: Partial<Probes>): void => set({ probes: { ...probes, ...next } });
  const { resources, capacity, hops, consistency } = probes;
  return (
    <Card title="Further probes">
      <Probe
        title="Resources"
        text="CPU and memory per 1,000 good requests, and what an idle deployment costs."
        on={resources !== null}
        onChange={(on) => change({ resources: on ? { ...usual.resources } : null })}
      >
        {resources === null ? null : (
          <NumberField
            label="Idle window"
            value={resources.idleMs}
            scale={1000}
            suffix="s"
            error={mistakes['probes.resources.idleMs']}
            onChange={(idleMs) => change({ resources: { idleMs } })}
          />
        )}
      </Probe>
      <Probe
        title="Capacity"
        text="The highest rate that still meets an objective, found in steps."
        on={capacity !== null}
        onChange={(on) => change({ capacity: on ? structuredClone(usual.capacity) : null })}
      >
        {capacity === null ? null : (
          <>
            <NumberField
              label="From"
              value={capacity.startJourneysPerSecond}
              suffix="/s"
              error={mistakes['probes.capacity.startJourneysPerSecond']}
              onChange={(startJourneysPerSecond) => change({ capacity: { ...capacity, startJourneysPerSecond } })}
            />
            <NumberField
              label="To"
              value={capacity.maxJourneysPerSecond}
              suffix="/s"
              error={mistakes['probes.capacity.maxJourneysPerSecond']}
              onChange={(maxJourneysPerSecond) => change({ capacity: { ...capacity, maxJourneysPerSecond } })}
            />
            <NumberField
              label="Each step"
              value={capacity.stepMs}
              scale={1000}
              suffix="s"
              error={mistakes['probes.capacity.stepMs']}
              onChange={(stepMs) => change({ capacity: { ...capacity, stepMs } })}
            />
            <NumberField
              label="p95 at most"
              value={capacity.objective.p95Ms}
              suffix="ms"
              error={mistakes['probes.capacity.objective.p95Ms']}
              onChange={(p95Ms) => change({ capacity: { ...capacity, objective: { ...capacity.objective, p95Ms } } })}
            />
            <NumberField
              label="Availability at least"
              value={capacity.objective.availability}
              scale={0.01}
              suffix="%"
              error={mistakes['probes.capacity.objective.availability']}
              onChange={(availability) =>
                change({ capacity: { ...capacity, objective: { ...capacity.objective, availability } } })
              }
            />
          </>
        )}
      </Probe>
      <Probe
        title="Hops"
        text="Where the time of a request goes: own code, store, network, serialisation, queue."
        on={hops !== null}
        onChange={(on) => change({ hops: on ? { ...usual.hops } : null })}
      >
        {hops === null ? null : (
          <>
            <NumberField
              label="Traced for"
              value={hops.durationMs}
              scale={1000}
              suffix="s"
              error={mistakes['probes.hops.durationMs']}
              onChange={(durationMs) => change({ hops: { ...hops, durationMs } })}
            />
            <NumberField
              label="Share of requests"
              value={hops.traceShare}
              scale={0.01}
              suffix="%"
              error={mistakes['probes.hops.traceShare']}
              onChange={(traceShare) => change({ hops: { ...hops, traceShare } })}
            />
          </>
        )}
      </Probe>
      <Probe
        title="Consistency"
        text="Whether money and stock add up after the faults: lost, duplicated, phantom and stuck orders."
        on={consistency !== null}
        onChange={(on) => change({ consistency: on ? { ...usual.consistency } : null })}
      >
        {consistency === null ? null : (
          <NumberField
            label="Settle for"
            value={consistency.settleMs}
            scale={1000}
            suffix="s"
            error={mistakes['probes.consistency.settleMs']}
            onChange={(settleMs) => change({ consistency: { settleMs } })}
          />
        )}
      </Probe>
    </Card>
  );
}

interface ProbeProps {
  title: string;
  text: string;
  on: boolean;
  onChange: (on: boolean) => void;
  children: ReactNode;
}

function Probe({ title, text, on, onChange, children }: ProbeProps) {
  return (
    <div className={classes.probe}>
      <Switch
        label={title}
        description={text}
        checked={on}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {on ? (
        <div className={classes.probeBody}>
          <div className={classes.fields}>{children}</div>
        </div>
      ) : null}
    </div>
  );
}
