import { Button, Text, Title } from '@mantine/core';
import { IconCompass } from '@tabler/icons-react';
import { lazy, Suspense, useEffect } from 'react';
import { afterPaint } from '../shared/after-paint.ts';
import { EmptyPage } from '../shared/EmptyPage.tsx';
import { PageFrame } from '../shared/PageFrame.tsx';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { navigate } from '../shared/router.ts';
import { pickApplication, refresh, useWorld } from '../shared/stores.ts';
import { CardsLoading } from './CardsLoading.tsx';
import { RecentResults } from './RecentResults.tsx';
import classes from './home.module.css';

// What builds the scenarios is large: the window stands sooner without it, and reads it while the engine's answer is on its way.
const loadGrid = () => import('./ScenarioGrid.tsx');
const ScenarioGrid = lazy(async () => ({ default: (await loadGrid()).ScenarioGrid }));

/** Questions to launch, and what was found out last. */
export function HomePage() {
  const results = useWorld((world) => world.results);
  useEffect(() => afterPaint(() => void loadGrid()), []);
  return (
    <PageFrame
      title="Should this application be split?"
      lead={<Lead firstTime={results === null ? null : results.length === 0} />}
      actions={
        <Button variant="default" leftSection={<IconCompass size={16} />} onClick={() => navigate({ page: 'explore' })}>
          Explore one cut
        </Button>
      }
    >
      <Scenarios />
      {results === null || results.length === 0 ? null : (
        <>
          <div className={classes.section}>
            <Title order={2}>Recent results</Title>
            <Text size="sm" component="a" href="#/history" c="var(--accent)">
              All results
            </Text>
          </div>
          <RecentResults results={results} />
        </>
      )}
    </PageFrame>
  );
}

function Scenarios() {
  const applications = useWorld((world) => world.applications);
  const problem = useWorld((world) => world.problems.applications);
  const firstTime = useWorld((world) => world.results?.length === 0);
  const summary = pickApplication(applications);
  if (problem !== undefined) {
    return (
      <ProblemNote
        title="The applications could not be read"
        problem={problem}
        onRetry={() => void refresh('applications')}
      />
    );
  }
  if (applications === null) return <CardsLoading />;
  if (summary === null) {
    return (
      <EmptyPage
        order={2}
        height={320}
        icon={<IconCompass size={28} />}
        title="No application found"
        text="The application that comes with Cleave is missing from the installation. Installing Cleave again brings it back."
      />
    );
  }
  return (
    <Suspense fallback={<CardsLoading />}>
      <ScenarioGrid application={summary.application} firstTime={firstTime} />
    </Suspense>
  );
}

/** Says the same at once and later, so that nothing jumps; only who starts for the first time is told where. */
function Lead({ firstTime }: { firstTime: boolean | null }) {
  return (
    <>
      Each question runs the application in several cuts under the same load and shows what each costs and buys.
      {firstTime === true ? ' New here? Start with the three steps.' : ''}
    </>
  );
}
