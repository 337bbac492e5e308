import { ActionIcon, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { faultInWords, type Application, type Fault } from '../../engine/model/index.ts';
import { FaultFields } from '../shared/FaultFields.tsx';
import { mistakesUnder } from './check.ts';
import classes from './experiments.module.css';

interface Props {
  faults: readonly Fault[];
  application: Application;
  /** By path. */
  mistakes: Record<string, string>;
  /** Where the list stands in it. */
  path: string;
  /** So many must stay. */
  least?: number;
  /** Of the unit that a fault hits, at most in any variant. */
  instancesOf?: (fault: Fault) => number;
  onChange: (faults: Fault[]) => void;
}

/** Faults under each other, each of which can be changed and removed. */
export function FaultList({ faults, application, mistakes, path, least = 0, instancesOf, onChange }: Props) {
  return faults.map((fault, index) => (
    <div key={index} className={classes.fault} role="group" aria-label={`Fault ${index + 1}: ${faultInWords(fault)}`}>
      <FaultFields
        fault={fault}
        application={application}
        instances={instancesOf?.(fault) ?? 1}
        onChange={(next) => onChange(faults.map((one, at) => (at === index ? next : one)))}
        errors={mistakesUnder(mistakes, `${path}.${index}`)}
      />
      {faults.length <= least ? null : (
        <Tooltip label="Remove this fault">
          <ActionIcon
            mt={26}
            aria-label={`Remove fault ${index + 1}`}
            onClick={() => onChange(faults.filter((_, at) => at !== index))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  ));
}
