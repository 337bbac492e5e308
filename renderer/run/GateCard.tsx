import { IconAlertTriangle, IconCheck, IconInfoCircle, IconX } from '@tabler/icons-react';
import { memo } from 'react';
import type { GateCheck } from '../../engine/model/index.ts';
import { Card } from '../shared/Card.tsx';
import { useRun } from './run-store.ts';
import classes from './run.module.css';

/** The fairness checks, as they were answered before the first round. */
export const GateCard = memo(function GateCard() {
  const gate = useRun((state) => state.view.head.gate);
  if (gate.length === 0) return null;
  return (
    <Card title="Fairness checks" flush>
      <ul className={classes.gate}>
        {gate.map((check) => (
          <li key={check.name} title={check.detail}>
            <GateIcon status={check.status} />
            <span>{check.title}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
});

function GateIcon({ status }: { status: GateCheck['status'] }) {
  switch (status) {
    case 'pass':
      return <IconCheck size={14} color="var(--good)" role="img" aria-label="pass" />;
    case 'fail':
      return <IconX size={14} color="var(--bad)" role="img" aria-label="fail" />;
    case 'declared':
      return <IconInfoCircle size={14} color="var(--accent)" role="img" aria-label="declared" />;
    case 'unknown':
      return <IconAlertTriangle size={14} color="var(--warn)" role="img" aria-label="unknown" />;
  }
}
