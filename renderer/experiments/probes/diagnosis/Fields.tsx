import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Probes } from '../../../../engine/model/index.ts';
import { newFault } from '../../../shared/fault-words.ts';
import { FaultList } from '../../FaultList.tsx';
import { NumberField } from '../../NumberField.tsx';
import type { FieldsProps } from '../editor-probe.ts';
import classes from '../../experiments.module.css';

type Diagnosis = NonNullable<Probes['diagnosis']>;

/** What is broken, how long, and how many of the requests that fail are followed. */
export function DiagnosisFields({ settings, application, errors, instancesOf, onChange }: FieldsProps<Diagnosis>) {
  const set = (change: Partial<Diagnosis>): void => onChange({ ...settings, ...change });
  const { faults } = settings;
  return (
    <>
      <div className={classes.fields} style={{ marginBottom: 12 }}>
        <NumberField
          label="Each fault"
          name="Fault of the search"
          value={settings.faultMs}
          scale={1000}
          suffix="s"
          min={0.5}
          error={errors['faultMs']}
          onChange={(faultMs) => set({ faultMs })}
        />
        <NumberField
          label="Requests followed"
          value={settings.requests}
          min={1}
          max={50}
          error={errors['requests']}
          onChange={(requests) => set({ requests })}
        />
      </div>
      <FaultList
        faults={faults}
        application={application}
        mistakes={errors}
        path="faults"
        least={1}
        instancesOf={instancesOf}
        onChange={(next) => set({ faults: next })}
      />
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} />}
        disabled={faults.length >= 20}
        onClick={() =>
          set({ faults: [...faults, newFault('crash', faults[0]?.module ?? application.entry, undefined)] })
        }
      >
        Add fault to search for
      </Button>
    </>
  );
}
