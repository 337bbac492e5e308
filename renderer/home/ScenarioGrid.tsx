import { useMemo, useState } from 'react';
import type { Application } from '../../engine/model/index.ts';
import { useRun } from '../run/run-store.ts';
import { scenariosFor } from '../shared/scenarios.ts';
import { FirstRun } from './FirstRun.tsx';
import { groupsOf } from './groups.ts';
import { MoveOutCard } from './MoveOutCard.tsx';
import { ScenarioCard } from './ScenarioCard.tsx';
import { TryLinks } from './TryLinks.tsx';
import classes from './home.module.css';

/** Where somebody new starts: enough rounds for an answer, few enough to wait for. */
const firstScenario = 'quick';
const skippedKey = 'cleave.first-steps-skipped';

/** A card for every question, by what it is for; before the first result three steps lead the way. */
export function ScenarioGrid({ application, firstTime }: { application: Application; firstTime: boolean }) {
  const busy = useRun((state) => state.active);
  const scenarios = useMemo(() => scenariosFor(application), [application]);
  const [skipped, setSkipped] = useState(() => localStorage.getItem(skippedKey) !== null);
  const [smoke, quick] = ['smoke', firstScenario].map((name) => scenarios.find((one) => one.name === name));
  const skip = (): void => {
    localStorage.setItem(skippedKey, 'yes');
    setSkipped(true);
  };
  return (
    <>
      {firstTime && !skipped && smoke !== undefined && quick !== undefined ? (
        <FirstRun smoke={smoke} quick={quick} busy={busy} onSkip={skip} />
      ) : null}
      {groupsOf(scenarios).map((group) => (
        <section key={group.title} aria-label={group.title}>
          <div className={classes.group}>
            <h2>{group.title}</h2>
            <span>{group.lead}</span>
          </div>
          <div className={classes.grid}>
            {group.scenarios.map((scenario) => (
              <ScenarioCard
                key={scenario.name}
                scenario={scenario}
                first={firstTime && skipped && scenario.name === firstScenario}
                busy={busy}
              />
            ))}
            {group.title === 'Try' ? <TryLinks /> : null}
            {group.title === 'Decide' ? <MoveOutCard application={application} busy={busy} /> : null}
          </div>
        </section>
      ))}
    </>
  );
}
