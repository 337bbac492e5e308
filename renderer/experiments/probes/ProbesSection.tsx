import type { Probes } from '../../../engine/model/index.ts';
import { Card } from '../../shared/Card.tsx';
import { newFault } from '../../shared/fault-words.ts';
import { mistakesUnder } from '../check.ts';
import { NumberField } from '../NumberField.tsx';
import type { SectionProps } from '../section.ts';
import { CapacityFields } from './CapacityFields.tsx';
import { Probe } from './Probe.tsx';
import { StormFields } from './StormFields.tsx';
import classes from '../experiments.module.css';

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
const usualStorm = { spikeFactor: 3, baselineMs: 3000, spikeMs: 5000, recoveryMs: 12_000 };

/** What else is measured. Deployment and response time always are. */
export function ProbesSection({ experiment, mistakes, summary, set }: SectionProps) {
  const { probes } = experiment;
  const { application } = summary;
  const change = (next: Partial<Probes>): void => set({ probes: { ...probes, ...next } });
  const { resources, capacity, hops, consistency } = probes;
  const storm = probes.storm ?? null;
  const target = Object.keys(application.modules).find((name) => name !== application.entry) ?? application.entry;
  return (
    <Card title="Further probes">
      <Probe
        title="Resources"
        text="CPU and memory per 1,000 good requests, and what an idle deployment costs."
        on={resources !== null}
        onChange={(on) => change({ resources: on ? { ...usual.resources } : null })}
      >
        {resources === null ? null : (
          <div className={classes.fields}>
            <NumberField
              label="Idle window"
              value={resources.idleMs}
              scale={1000}
              suffix="s"
              error={mistakes['probes.resources.idleMs']}
              onChange={(idleMs) => change({ resources: { idleMs } })}
            />
          </div>
        )}
      </Probe>
      <Probe
        title="Capacity"
        text="The highest rate that still meets an objective, found in steps."
        on={capacity !== null}
        onChange={(on) => change({ capacity: on ? structuredClone(usual.capacity) : null })}
      >
        {capacity === null ? null : (
          <CapacityFields
            capacity={capacity}
            errors={mistakesUnder(mistakes, 'probes.capacity')}
            onChange={(next) => change({ capacity: next })}
          />
        )}
      </Probe>
      <Probe
        title="Hops"
        text="Where the time of a request goes: own code, store, network, serialisation, queue."
        on={hops !== null}
        onChange={(on) => change({ hops: on ? { ...usual.hops } : null })}
      >
        {hops === null ? null : (
          <div className={classes.fields}>
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
          </div>
        )}
      </Probe>
      <Probe
        title="Consistency"
        text="Whether money and stock add up after the faults: lost, duplicated, phantom and stuck orders."
        on={consistency !== null}
        onChange={(on) => change({ consistency: on ? { ...usual.consistency } : null })}
      >
        {consistency === null ? null : (
          <div className={classes.fields}>
            <NumberField
              label="Settle for"
              value={consistency.settleMs}
              scale={1000}
              suffix="s"
              error={mistakes['probes.consistency.settleMs']}
              onChange={(settleMs) => change({ consistency: { settleMs } })}
            />
          </div>
        )}
      </Probe>
      <Probe
        title="Retry storm"
        text="A spike of load together with a fault: does the application come back, or do its own retries keep it down?"
        on={storm !== null}
        onChange={(on) => change({ storm: on ? { ...usualStorm, fault: newFault('slow', target, undefined) } : null })}
      >
        {storm === null ? null : (
          <StormFields
            storm={storm}
            application={application}
            errors={mistakesUnder(mistakes, 'probes.storm')}
            onChange={(next) => change({ storm: next })}
          />
        )}
      </Probe>
    </Card>
  );
}
