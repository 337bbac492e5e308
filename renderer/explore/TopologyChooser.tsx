import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ApplicationSummary, Topology } from '../../engine/model/index.ts';
import { plural } from '../../report/index.ts';
import { useRun } from '../run/run-store.ts';
import { ask } from '../shared/bridge.ts';
import { LanguageMark } from '../shared/LanguageMark.tsx';
import { otherLanguages } from '../shared/languages.ts';
import { attempt } from '../shared/problem.ts';
import { topologiesOf } from '../shared/topologies.ts';
import { idle, useExplore } from './explore-store.ts';
import classes from './explore.module.css';

/** Every cut there is, as a small picture, to start one. */
export function TopologyChooser({ summary }: { summary: ApplicationSummary }) {
  const topologies = useMemo(() => topologiesOf(summary), [summary]);
  const running = useRun((state) => state.active);
  const [starting, setStarting] = useState<string | null>(null);
  const start = async (topology: Topology): Promise<void> => {
    setStarting(topology.name);
    await attempt('The deployment could not be started', async () => {
      await ask('explore:start', summary.application.name, topology);
      if (useExplore.getState().explore.phase === 'idle')
        useExplore.setState({ explore: { ...idle, phase: 'starting', topology } });
    });
    setStarting(null);
  };
  return (
    <div className={classes.grid}>
      {topologies.map((topology) => (
        <article key={topology.name} className={classes.cut} aria-label={topology.name}>
          <h2>{topology.name}</h2>
          <Sketch topology={topology} />
          <span style={{ fontSize: 12.5, color: 'var(--ink-soft)' }}>
            {plural(topology.units.length, 'unit')},{' '}
            {plural(topology.units.flatMap((unit) => unit.modules).length, 'module')}
            {otherLanguages(topology, summary.application).map((one) => `, ${one}`)}
          </span>
          <Button
            variant="light"
            leftSection={<IconPlayerPlay size={15} />}
            aria-label={`Start ${topology.name}`}
            loading={starting === topology.name}
            disabled={running || (starting !== null && starting !== topology.name)}
            title={running ? 'A run is on, which this would disturb' : undefined}
            onClick={() => void start(topology)}
          >
            Start
          </Button>
        </article>
      ))}
    </div>
  );
}

/** Units as boxes, modules as dots, with the language where it is not TypeScript. */
export function Sketch({ topology }: { topology: Topology }) {
  return (
    <div className={classes.sketch} aria-hidden="true">
      {topology.units.map((unit) => (
        <span key={unit.name} className={classes.unit} title={unit.name}>
          {unit.modules.map((module) => (
            <span key={module} className={classes.module} />
          ))}
          {unit.language === undefined || unit.language === 'typescript' ? null : (
            <LanguageMark language={unit.language} />
          )}
          {unit.instances === undefined || unit.instances === 1 ? null : (
            <small className={classes.times}>×{unit.instances}</small>
          )}
        </span>
      ))}
    </div>
  );
}
