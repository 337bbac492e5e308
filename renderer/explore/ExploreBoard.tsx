import { Loader, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { Application, ExploreState } from '../../engine/model/index.ts';
import { Card } from '../shared/Card.tsx';
import { LogPanel } from '../shared/LogPanel.tsx';
import { UnitBox } from '../shared/UnitBox.tsx';
import { ActiveFaults } from './ActiveFaults.tsx';
import { BreakPanel } from './BreakPanel.tsx';
import { byUnit } from './by-unit.ts';
import { Instances } from './Instances.tsx';
import { ReleaseCard } from './ReleaseCard.tsx';
import { ReplacementCard } from './ReplacementCard.tsx';
import { ReplacementMenu } from './ReplacementMenu.tsx';
import { VisitorsCard } from './VisitorsCard.tsx';
import classes from './explore.module.css';

/** The running deployment: units with their instances, releases, replacements, faults, logs. */
export function ExploreBoard({ explore, application }: { explore: ExploreState; application: Application }) {
  const broken = useMemo(() => new Set(explore.faults.map((one) => one.fault.module)), [explore.faults]);
  const logs = useMemo(() => explore.logs.map((line, index) => ({ ...line, number: index })), [explore.logs]);
  const units = byUnit(explore);
  const largest = Math.max(1, ...explore.units.map((unit) => unit.memoryBytes ?? 0));
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
                instances={Math.max(1, unit.instances.length)}
                language={explore.topology?.units.find(({ name }) => name === unit.name)?.language}
                menu={<ReplacementMenu unit={unit.name} explore={explore} application={application} />}
                footer={<Instances unit={unit} largest={largest} />}
              />
            ))}
          </div>
        </Card>
        <ReleaseCard explore={explore} application={application} />
        <ReplacementCard explore={explore} application={application} />
        <Card title="Logs" flush>
          <LogPanel lines={logs} />
        </Card>
      </div>
      <div className={classes.column}>
        <BreakPanel explore={explore} application={application} />
        <VisitorsCard explore={explore} application={application} />
        <ActiveFaults explore={explore} application={application} />
      </div>
    </div>
  );
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
