import { Loader, Progress, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { Application, ExploreState, ExploreUnit } from '../../engine/model/index.ts';
import { formatBytes, formatShare } from '../../report/index.ts';
import { Card } from '../shared/Card.tsx';
import { LogPanel } from '../shared/LogPanel.tsx';
import { UnitBox } from '../shared/UnitBox.tsx';
import { ActiveFaults } from './ActiveFaults.tsx';
import { BreakPanel } from './BreakPanel.tsx';
import { VisitorsCard } from './VisitorsCard.tsx';
import classes from './explore.module.css';

/** The running deployment: units, faults, logs. */
export function ExploreBoard({ explore, application }: { explore: ExploreState; application: Application }) {
  const broken = useMemo(() => new Set(explore.faults.map((one) => one.fault.module)), [explore.faults]);
  const logs = useMemo(() => explore.logs.map((line, index) => ({ ...line, number: index })), [explore.logs]);
  const units = explore.units.length > 0 ? explore.units : (explore.topology?.units.map(waiting) ?? []);
  const largest = Math.max(1, ...units.map((unit) => unit.memoryBytes ?? 0));
  return (
    <div className={classes.board}>
      <div className={classes.column}>
        <Card title="Units" actions={<Phase explore={explore} />}>
          <div className={classes.units}>
            {units.map((unit) => (
              <UnitBox
                key={unit.name}
                name={unit.name}
                modules={unit.modules}
                state={unit.state}
                broken={broken}
                restarts={unit.restarts}
                footer={<Meters unit={unit} largest={largest} />}
              />
            ))}
          </div>
        </Card>
        <Card title="Logs" flush>
          <LogPanel lines={logs} />
        </Card>
      </div>
      <div className={classes.column}>
        <BreakPanel application={application} ready={explore.phase === 'running'} />
        <VisitorsCard visitors={explore.visitors} application={application} />
        <ActiveFaults faults={explore.faults} units={explore.units} />
      </div>
    </div>
  );
}

function waiting(unit: { name: string; modules: string[] }): ExploreUnit {
  return { ...unit, state: 'creating', cpuShare: null, memoryBytes: null, restarts: 0 };
}

function Phase({ explore }: { explore: ExploreState }) {
  if (explore.phase === 'running') {
    return (
      <Text size="xs" c="dimmed" className="number">
        {explore.url}
      </Text>
    );
  }
  return (
    <Text size="xs" c="dimmed" role="status" style={{ display: 'inline-flex', gap: 8, alignItems: 'center' }}>
      <Loader size={12} aria-hidden="true" />
      {explore.phase === 'stopping' ? 'Undoing faults and removing the units' : 'Building and starting the units'}
    </Text>
  );
}

function Meters({ unit, largest }: { unit: ExploreUnit; largest: number }) {
  return (
    <div>
      <div className={classes.meter}>
        <span>CPU</span>
        <Progress size={4} value={Math.min(100, (unit.cpuShare ?? 0) * 100)} aria-label={`CPU of ${unit.name}`} />
        <b>{unit.cpuShare === null ? '–' : formatShare(unit.cpuShare)}</b>
      </div>
      <div className={classes.meter}>
        <span>Mem</span>
        <Progress
          size={4}
          value={((unit.memoryBytes ?? 0) / largest) * 100}
          aria-label={`Memory of ${unit.name} against the largest unit`}
        />
        <b>{unit.memoryBytes === null ? '–' : formatBytes(unit.memoryBytes)}</b>
      </div>
    </div>
  );
}
