import { plural } from '../../report/index.ts';
import { Card } from '../shared/Card.tsx';
import { LogPanel } from '../shared/LogPanel.tsx';
import { PageFrame } from '../shared/PageFrame.tsx';
import { GateCard } from './GateCard.tsx';
import { KnownCard } from './KnownCard.tsx';
import { LiveCharts } from './LiveCharts.tsx';
import { Messages } from './Messages.tsx';
import { NowCard } from './NowCard.tsx';
import { useRun } from './run-store.ts';
import { RunActions } from './RunActions.tsx';
import { StepsCard } from './StepsCard.tsx';
import { UnitMap } from './UnitMap.tsx';
import classes from './run.module.css';

/** The live page. Each part listens only to what it draws. */
export function RunBoard() {
  const experiment = useRun((state) => state.view.head.experiment);
  const runtime = useRun((state) => state.view.head.runtime);
  const lead =
    experiment === null
      ? 'Starting.'
      : `${experiment.variants.map((variant) => variant.title ?? variant.name).join(' against ')}, ${experiment.looks === null ? '' : 'up to '}${plural(experiment.blocks, 'block')}, ${
          runtime === 'process' ? 'as processes' : 'in containers'
        }.`;
  return (
    <PageFrame title={experiment?.title ?? 'Run'} lead={lead} actions={<RunActions />}>
      <NowCard />
      <div className={classes.grid}>
        <div className={classes.column}>
          <LiveCharts />
          <UnitMap />
          <LogsCard />
        </div>
        <div className={classes.column}>
          <KnownCard />
          <StepsCard />
          <Messages />
          <GateCard />
        </div>
      </div>
    </PageFrame>
  );
}

function LogsCard() {
  const logs = useRun((state) => state.view.logs);
  return (
    <Card title="Logs" flush>
      <LogPanel lines={logs} />
    </Card>
  );
}
