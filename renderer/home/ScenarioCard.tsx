import { Badge, Button, Tooltip } from '@mantine/core';
import { IconAdjustments, IconClock, IconPlayerPlay } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { formatEstimate } from '../../report/index.ts';
import { openDraft } from '../experiments/draft-store.ts';
import { useEstimate } from '../shared/estimate.ts';
import { Explained } from '../shared/Explained.tsx';
import { launch } from '../shared/launch.ts';
import type { Scenario } from '../shared/scenarios.ts';
import { VariantDot } from '../shared/VariantDot.tsx';
import classes from './home.module.css';

/** One question: what it does, how long it takes, Launch. */
export const ScenarioCard = memo(function ScenarioCard({
  scenario,
  first,
  busy,
}: {
  scenario: Scenario;
  first: boolean;
  busy: boolean;
}) {
  const [starting, setStarting] = useState(false);
  const { experiment } = scenario;
  const estimate = useEstimate(experiment);
  return (
    <article className={first ? `${classes.card} ${classes.first}` : classes.card} aria-label={scenario.title}>
      <div className={classes.eyebrow}>
        <span className={classes.name}>
          {scenario.title}
          {first ? (
            <Badge color="iris" size="sm">
              Start here
            </Badge>
          ) : null}
        </span>
        <span className={classes.time}>
          <IconClock size={13} aria-hidden="true" />
          {formatEstimate(estimate)}
        </span>
      </div>
      <h3 className={classes.question} style={{ margin: 0 }}>
        {scenario.question}
      </h3>
      <div className={classes.summary}>
        <Explained>{scenario.summary}</Explained>
      </div>
      <div className={classes.variants}>
        {experiment.variants.map((variant, index) => (
          <span key={variant.name}>
            <VariantDot index={index} />
            {variant.title ?? variant.name}
          </span>
        ))}
      </div>
      <div className={classes.actions}>
        <Tooltip label="A run is active; it must end or be cancelled first" disabled={!busy}>
          <Button
            variant={first ? 'filled' : 'light'}
            leftSection={<IconPlayerPlay size={15} />}
            aria-label={`Launch ${scenario.title}`}
            disabled={busy}
            loading={starting}
            onClick={() => {
              setStarting(true);
              void launch(experiment).finally(() => setStarting(false));
            }}
          >
            Launch
          </Button>
        </Tooltip>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconAdjustments size={15} />}
          aria-label={`Customise ${scenario.title}`}
          onClick={() => openDraft(experiment)}
        >
          Customise
        </Button>
      </div>
    </article>
  );
});
