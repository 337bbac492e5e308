import { Text } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import type { Application, Claims } from '../../engine/model/index.ts';
import { decide } from '../../report/index.ts';
import { judgeClaims, useClaims } from '../claims/claims-store.ts';
import { judgedFrom } from '../claims/words.ts';
import { useRun } from '../run/run-store.ts';
import { EmptyPage } from '../shared/EmptyPage.tsx';
import { PageFrame } from '../shared/PageFrame.tsx';
import { PageLoading } from '../shared/PageLoading.tsx';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { formatHash } from '../shared/router.ts';
import { pickApplication, refresh, useWorld } from '../shared/stores.ts';
import { AnswerCard } from './AnswerCard.tsx';
import { useWeights } from './decide-store.ts';
import { WeightsCard } from './WeightsCard.tsx';
import classes from './decide.module.css';

const lead =
  'When to cut, and how far, depends on what counts for you. Say so, and see what the measurements of this application on this machine lead to, how firm that is and what would turn it.';

/** Which cut fits, by what counts and by what was measured. */
export function DecidePage() {
  const applications = useWorld((world) => world.applications);
  const problem = useWorld((world) => world.problems.applications);
  const summary = pickApplication(applications);
  if (problem !== undefined) {
    return (
      <PageFrame title="Decide">
        <ProblemNote
          title="The applications could not be read"
          problem={problem}
          onRetry={() => void refresh('applications')}
        />
      </PageFrame>
    );
  }
  if (applications === null) return <PageLoading />;
  if (summary === null)
    return (
      <EmptyPage
        order={1}
        icon={<IconScale size={28} />}
        title="No application found"
        text="Installing Cleave again brings its application back."
      />
    );
  return <Deciding application={summary.application} />;
}

function Deciding({ application }: { application: Application }) {
  const claims = useClaims(({ judged }) => judged[application.name]);
  const problem = useClaims((state) => state.problem);
  const runtime = useClaims((state) => state.runtime);
  const results = useWorld((world) => world.results);
  const active = useRun(({ active: running }) => running);
  useEffect(() => {
    if (!active) void judgeClaims(application.name, runtime);
  }, [application.name, runtime, results, active]);
  return (
    <PageFrame title="Decide" lead={lead}>
      {problem === null || (active && claims !== undefined) ? null : (
        <ProblemNote
          title="The results could not be judged"
          problem={problem}
          onRetry={() => void judgeClaims(application.name, runtime)}
        />
      )}
      {claims === undefined ? (
        problem === null ? (
          <Text size="sm" c="dimmed" role="status" aria-busy>
            {active ? 'The results are read once the run is over.' : 'Reading the stored results'}
          </Text>
        ) : null
      ) : (
        <Cards claims={claims} application={application} busy={active} />
      )}
    </PageFrame>
  );
}

function Cards({ claims, application, busy }: { claims: Claims; application: Application; busy: boolean }) {
  const weights = useWeights((state) => state.weights);
  const decision = useMemo(() => decide(claims, weights), [claims, weights]);
  return (
    <>
      <div className={classes.columns}>
        <WeightsCard decision={decision} />
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
