import { Button, Menu, NativeSelect, Text } from '@mantine/core';
import { IconSchool } from '@tabler/icons-react';
import type { Application, Claims } from '../../engine/model/index.ts';
import { Explained } from '../shared/Explained.tsx';
import { CampaignCard } from './CampaignCard.tsx';
import { ClaimCard } from './ClaimCard.tsx';
import { saveLessons, useClaims, type ClaimsRuntime } from './claims-store.ts';
import { JudgedPage } from './JudgedPage.tsx';
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
  return (
    <JudgedPage
      title="Claims"
      lead={<Explained only={['unit', 'cut']}>{lead}</Explained>}
      actions={(application, busy) => <Actions application={application} busy={busy} />}
    >
      {(claims, application, busy) => <All claims={claims} application={application} opened={name} busy={busy} />}
    </JudgedPage>
  );
}

function Actions({ application, busy }: { application: Application; busy: boolean }) {
  const runtime = useClaims((state) => state.runtime);
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button size="xs" variant="subtle" color="gray" leftSection={<IconSchool size={14} />} disabled={busy}>
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
