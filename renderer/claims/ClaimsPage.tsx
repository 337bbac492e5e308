import { Button, Menu, NativeSelect, Text } from '@mantine/core';
import { IconQuote, IconSchool } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { Application, Claims } from '../../engine/model/index.ts';
import { useRun } from '../run/run-store.ts';
import { EmptyPage } from '../shared/EmptyPage.tsx';
import { Explained } from '../shared/Explained.tsx';
import { PageFrame } from '../shared/PageFrame.tsx';
import { PageLoading } from '../shared/PageLoading.tsx';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { pickApplication, refresh, useWorld } from '../shared/stores.ts';
import { CampaignCard } from './CampaignCard.tsx';
import { ClaimCard } from './ClaimCard.tsx';
import { judgeClaims, saveLessons, useClaims, type ClaimsRuntime } from './claims-store.ts';
import { judgedFrom, sides } from './words.ts';
import classes from './claims.module.css';

const lead =
  'What people say of microservices, for and against, held against what was measured here. A verdict is of this application on this machine and of nothing else; what was not measured changes no verdict.';

const runtimes = [
  { value: '', label: 'Whichever was measured' },
  { value: 'docker', label: 'Measured in containers' },
  { value: 'process', label: 'Measured as processes' },
];

/** Every claim about microservices, and what the stored results of this source on this machine say of it. */
export function ClaimsPage({ name }: { name: string | null }) {
  const applications = useWorld((world) => world.applications);
  const problem = useWorld((world) => world.problems.applications);
  const summary = pickApplication(applications);
  if (problem !== undefined) {
    return (
      <PageFrame title="Claims">
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
        icon={<IconQuote size={28} />}
        title="No application found"
        text="Installing Cleave again brings its application back."
      />
    );
  return <Judged application={summary.application} name={name} />;
}

function Judged({ application, name }: { application: Application; name: string | null }) {
  const claims = useClaims(({ judged }) => judged[application.name]);
  const problem = useClaims((state) => state.problem);
  const runtime = useClaims((state) => state.runtime);
  // Judged again once a result is there, or gone, and once a run is over.
  const results = useWorld((world) => world.results);
  const active = useRun(({ active: running }) => running);
  useEffect(() => {
    if (!active) void judgeClaims(application.name, runtime);
  }, [application.name, runtime, results, active]);
  return (
    <PageFrame
      title="Claims"
      lead={<Explained only={['unit', 'cut']}>{lead}</Explained>}
      actions={
        <>
          <Menu>
            <Menu.Target>
              <Button size="xs" variant="subtle" color="gray" leftSection={<IconSchool size={14} />} disabled={active}>
                Lesson cards
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => void saveLessons(application.name, runtime, 'teacher')}>
                For teachers, with what was measured
              </Menu.Item>
              <Menu.Item onClick={() => void saveLessons(application.name, runtime, 'student')}>
                For students, without answers
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <NativeSelect
            size="xs"
            aria-label="Results that count"
            data={runtimes}
            value={runtime ?? ''}
            onChange={(event) => useClaims.setState({ runtime: runtimeOf(event.currentTarget.value) })}
          />
        </>
      }
    >
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
        <All claims={claims} application={application} opened={name} busy={active} />
      )}
    </PageFrame>
  );
}

function All({
  claims,
  application,
  opened,
  busy,
}: {
  claims: Claims;
  application: Application;
  opened: string | null;
  busy: boolean;
}) {
  return (
    <>
      <Text size="sm" mb="md" role="status">
        {judgedFrom(claims)}
      </Text>
      <CampaignCard claims={claims} application={application.name} busy={busy} />
      {sides.map(({ side, title }) => (
        <section key={side} aria-label={title} className={classes.side}>
          <h2 className={classes.sideTitle}>{title}</h2>
          {claims.claims
            .filter((claim) => claim.side === side)
            .map((claim) => (
              <ClaimCard
                key={claim.name}
                claim={claim}
                application={application}
                startsOpen={claim.name === opened}
                busy={busy}
              />
            ))}
        </section>
      ))}
    </>
  );
}

function runtimeOf(value: string): ClaimsRuntime | null {
  return value === 'docker' || value === 'process' ? value : null;
}
