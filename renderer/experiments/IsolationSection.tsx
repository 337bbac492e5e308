import { Button, Switch } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Probes } from '../../engine/model/index.ts';
import { Card } from '../shared/Card.tsx';
import { newFault } from '../shared/fault-words.ts';
import { mostInstancesHit } from '../shared/topologies.ts';
import { FaultList } from './FaultList.tsx';
import { usualFaults } from './follow-cuts.ts';
import { NumberField, OptionalNumberField } from './NumberField.tsx';
import type { SectionProps } from './section.ts';
import classes from './experiments.module.css';

type Isolation = NonNullable<Probes['isolation']>;
const usual: Isolation = { faults: [], baselineMs: 10_000, faultMs: 12_000, recoveryMs: 10_000, control: false };

/** Which faults are injected, in every variant alike. */
export function IsolationSection({ experiment, mistakes, summary, set }: SectionProps) {
  const { probes } = experiment;
  const { isolation } = probes;
  const { application } = summary;
  const change = (next: Partial<Isolation>): void =>
    set({ probes: { ...probes, isolation: { ...(isolation ?? usual), ...next } } });
  const suggested = usualFaults(application, experiment);
  const first = suggested[0]?.module ?? application.entry;
  const faults = isolation?.faults ?? [];
  return (
    <Card
      title="Faults"
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          disabled={faults.length >= 60}
          onClick={() => change({ faults: [...faults, newFault('crash', first, undefined)] })}
        >
          Add fault
        </Button>
      }
    >
      <Switch
        label="Measure fault isolation"
        description="Injects each fault in every variant under load and watches who else is hurt."
        checked={isolation !== null}
        onChange={(event) =>
          set({
            probes: {
              ...probes,
              isolation: event.currentTarget.checked ? { ...usual, faults: suggested } : null,
            },
          })
        }
      />
      {isolation === null ? null : (
        <>
          <div className={classes.fields} style={{ margin: '14px 0' }}>
            <NumberField
              label="Baseline"
              value={isolation.baselineMs}
              scale={1000}
              suffix="s"
              min={1}
              error={mistakes['probes.isolation.baselineMs']}
              onChange={(baselineMs) => change({ baselineMs })}
            />
            <NumberField
              label="Fault"
              value={isolation.faultMs}
              scale={1000}
              suffix="s"
              min={1}
              error={mistakes['probes.isolation.faultMs']}
              onChange={(faultMs) => change({ faultMs })}
            />
            <NumberField
              label="Recovery"
              value={isolation.recoveryMs}
              scale={1000}
              suffix="s"
              min={1}
              error={mistakes['probes.isolation.recoveryMs']}
              onChange={(recoveryMs) => change({ recoveryMs })}
            />
            <OptionalNumberField
              label="At most, all together"
              description="In one round"
              placeholder="no bound"
              value={isolation.budgetMs ?? null}
              scale={1000}
              suffix="s"
              min={1}
              error={mistakes['probes.isolation.budgetMs']}
              onChange={(budgetMs) => change({ budgetMs })}
            />
            <Switch
              mt={26}
              size="xs"
              label="Control without a fault"
              checked={isolation.control}
              onChange={(event) => change({ control: event.currentTarget.checked })}
            />
          </div>
          <FaultList
            faults={faults}
            application={application}
            mistakes={mistakes}
            path="probes.isolation.faults"
            instancesOf={(fault) =>
              mostInstancesHit(
                fault,
                experiment.variants.map(({ topology }) => topology),
                application,
              )
            }
            onChange={(next) => change({ faults: next })}
          />
        </>
      )}
    </Card>
  );
}
