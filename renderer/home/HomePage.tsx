import { Button, Text, Title } from '@mantine/core';
import { IconCompass } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useRun } from '../run/run-store.ts';
import { EmptyPage } from '../shared/EmptyPage.tsx';
import { PageFrame } from '../shared/PageFrame.tsx';
import { PageLoading } from '../shared/PageLoading.tsx';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { navigate } from '../shared/router.ts';
import { scenariosFor } from '../shared/scenarios.ts';
import { pickApplication, refresh, useWorld } from '../shared/stores.ts';
import { RecentResults } from './RecentResults.tsx';
import { ScenarioCard } from './ScenarioCard.tsx';
import classes from './home.module.css';

/** Questions to launch, and what was found out last. */
export function HomePage() {
  const applications = useWorld((world) => world.applications);
  const problem = useWorld((world) => world.problems.applications);
  const results = useWorld((world) => world.results);
  const busy = useRun((state) => state.active);
  const summary = pickApplication(applications);
  const scenarios = useMemo(() => (summary === null ? [] : scenariosFor(summary.application)), [summary]);
  if (problem !== undefined) {
    return (
      <PageFrame title="Scenarios">
        <ProblemNote
          title="The applications could not be read"
          problem={problem}
          onRetry={() => void refresh('applications')}
        />
      </PageFrame>
    );
  }
  if (applications === null) return <PageLoading />;
  if (summary === null) {
    return (
      <EmptyPage
        icon={<IconCompass size={28} />}
        title="No application found"
        text="The application that comes with Cleave is missing from the installation. Installing Cleave again brings it back."
      />
    );
  }
  const firstTime = results !== null && results.length === 0;
  return (
    <PageFrame
      title={firstTime ? 'Should this application be split?' : 'What do you want to find out?'}
      lead={
        firstTime
          ? `Cleave runs the ${summary.application.title.toLowerCase()} as one unit and as many, on this machine, under the same load, and shows what each cut costs and buys. Start with the marked question: press Launch, watch it, read the answer.`
          : `Each question runs the ${summary.application.title.toLowerCase()} in several cuts under the same load and compares them with their uncertainty.`
      }
      actions={
        <Button variant="default" leftSection={<IconCompass size={16} />} onClick={() => navigate({ page: 'explore' })}>
          Explore without load
        </Button>
      }
    >
      <div className={classes.grid}>
        {scenarios.map((scenario) => (
          <ScenarioCard
            key={scenario.name}
            scenario={scenario}
            first={firstTime && scenario.name === 'quick'}
            busy={busy}
          />
        ))}
      </div>
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
