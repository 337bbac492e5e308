import { Text } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { canBuild, type Application, type Claims } from '../../engine/model/index.ts';
import { decide } from '../../report/index.ts';
import { JudgedPage } from '../claims/JudgedPage.tsx';
import { judgedFrom } from '../claims/words.ts';
import { formatHash } from '../shared/router.ts';
import { AnswerCard } from './AnswerCard.tsx';
import { readWeights, useWeights } from './decide-store.ts';
import { WeightsCard } from './WeightsCard.tsx';
import classes from './decide.module.css';

const lead =
  'When to cut, and how far, depends on what counts for you. Say so, and see what the measurements of this application on this machine lead to, how firm that is and what would turn it.';

/** Which cut fits, by what counts and by what was measured. */
export function DecidePage() {
  return (
    <JudgedPage title="Decide" lead={lead}>
      {(claims, application, busy) => <Cards claims={claims} application={application} busy={busy} />}
    </JudgedPage>
  );
}

function Cards({ claims, application, busy }: { claims: Claims; application: Application; busy: boolean }) {
  const weights = useWeights(application.name);
  useEffect(() => void readWeights(application.name), [application.name]);
  const decision = useMemo(
    () => decide(claims, weights, (preset) => canBuild(preset, application)),
    [claims, weights, application],
  );
  return (
    <>
      <div className={classes.columns}>
        <WeightsCard application={application.name} decision={decision} />
        <AnswerCard decision={decision} claims={claims} application={application} weights={weights} busy={busy} />
      </div>
      <Text size="xs" c="dimmed" mt="md">
        {judgedFrom(claims)}{' '}
        <a className={classes.link} href={formatHash({ page: 'claims', name: null })}>
          What was measured of each claim
        </a>
      </Text>
    </>
  );
}
