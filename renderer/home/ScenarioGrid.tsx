import { useMemo } from 'react';
import type { Application } from '../../engine/model/index.ts';
import { useRun } from '../run/run-store.ts';
import { scenariosFor } from '../shared/scenarios.ts';
import { ScenarioCard } from './ScenarioCard.tsx';
import classes from './home.module.css';

/** Where somebody new starts: enough rounds for an answer, few enough to wait for. */
const firstScenario = 'quick';

/** A card for every question. */
export function ScenarioGrid({ application, firstTime }: { application: Application; firstTime: boolean }) {
  const busy = useRun((state) => state.active);
  const scenarios = useMemo(() => scenariosFor(application), [application]);
  return (
    <div className={classes.grid}>
      {scenarios.map((scenario) => (
        <ScenarioCard
          key={scenario.name}
          scenario={scenario}
          first={firstTime && scenario.name === firstScenario}
          busy={busy}
        />
      ))}
    </div>
  );
}
