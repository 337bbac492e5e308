import { Text } from '@mantine/core';
import { IconQuote } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import type { Application, Claims } from '../../engine/model/index.ts';
import { useRun } from '../run/run-store.ts';
import { ApplicationPage } from '../shared/ApplicationPage.tsx';
import { PageFrame } from '../shared/PageFrame.tsx';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { useWorld } from '../shared/stores.ts';
import { judgeClaims, useClaims } from './claims-store.ts';

interface Props {
  title: string;
  lead: ReactNode;
  actions?: (application: Application, busy: boolean) => ReactNode;
  children: (claims: Claims, application: Application, busy: boolean) => ReactNode;
}

/** A page about what the stored results say: they are judged when it opens, once one more is there or gone, and once a run is over. */
export function JudgedPage(props: Props) {
  return (
    <ApplicationPage title={props.title} icon={<IconQuote size={28} />}>
      {({ application }) => <Judged {...props} application={application} />}
    </ApplicationPage>
  );
}

function Judged({ title, lead, actions, children, application }: Props & { application: Application }) {
  const claims = useClaims(({ judged }) => judged[application.name]);
  const problem = useClaims((state) => state.problem);
  const runtime = useClaims((state) => state.runtime);
  const results = useWorld((world) => world.results);
  const active = useRun(({ active: running }) => running);
  const judge = (): void => void judgeClaims(application.name, runtime);
  useEffect(() => {
    if (!active) void judgeClaims(application.name, runtime);
  }, [application.name, runtime, results, active]);
  return (
    <PageFrame title={title} lead={lead} actions={actions?.(application, active)}>
      {problem === null || (active && claims !== undefined) ? null : (
        <ProblemNote title="The results could not be judged" problem={problem} onRetry={judge} />
      )}
      {claims === undefined && problem === null ? (
        <Text size="sm" c="dimmed" role="status" aria-busy>
          {active ? 'The results are read once the run is over.' : 'Reading the stored results'}
        </Text>
      ) : null}
      {claims === undefined ? null : children(claims, application, active)}
    </PageFrame>
  );
}
