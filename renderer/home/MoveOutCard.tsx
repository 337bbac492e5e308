import { Button, NativeSelect, Tooltip } from '@mantine/core';
import { IconAdjustments, IconClock, IconPlayerPlay } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { own, type Application, type Experiment } from '../../engine/model/index.ts';
import { formatEstimate } from '../../report/index.ts';
import { openDraft } from '../experiments/draft-store.ts';
import { useEstimate } from '../shared/estimate.ts';
import { launch } from '../shared/launch.ts';
import { movableModules, moveOutExperiment } from './move-out.ts';
import classes from './home.module.css';

/** Should this one module be moved out? The module is chosen on the card; nothing at all where an application has no such question. */
export function MoveOutCard({ application, busy }: { application: Application; busy: boolean }) {
  const modules = useMemo(() => movableModules(application), [application]);
  const [module, setModule] = useState(modules[0] ?? '');
  const experiment = useMemo(() => moveOutExperiment(application, module), [application, module]);
  if (experiment === null) return null;
  const choices = modules.map((value) => ({ value, label: own(application.modules, value)?.title ?? value }));
  return (
    <article className={classes.card} aria-label="Move one module out">
      <div className={classes.eyebrow}>
        <span className={classes.name}>Move one module out</span>
        <Estimate experiment={experiment} />
      </div>
      <h3 className={classes.question} style={{ margin: 0 }}>
        Should one module move out of the monolith?
      </h3>
      <div className={classes.summary}>
        The monolith against the same with that module in a unit of its own, and what happens when it crashes, hangs or
        slows down.
      </div>
      <NativeSelect
        size="xs"
        aria-label="Module to move out"
        data={choices}
        value={module}
        onChange={(event) => setModule(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Tooltip label="A run is active; it must end or be cancelled first" disabled={!busy}>
          <Button
            variant="light"
            leftSection={<IconPlayerPlay size={15} />}
            aria-label="Launch Move one module out"
            disabled={busy}
            onClick={() => void launch(experiment)}
          >
            Launch
          </Button>
        </Tooltip>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconAdjustments size={15} />}
          aria-label="Customise Move one module out"
          onClick={() => openDraft(experiment)}
        >
          Customise
        </Button>
      </div>
    </article>
  );
}

function Estimate({ experiment }: { experiment: Experiment }) {
  return (
    <span className={classes.time}>
      <IconClock size={13} aria-hidden="true" />
      {formatEstimate(useEstimate(experiment))}
    </span>
  );
}
