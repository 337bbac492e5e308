import type { ReactNode } from 'react';
import type { ApplicationSummary } from '../../engine/model/index.ts';
import { EmptyPage } from './EmptyPage.tsx';
import { PageFrame } from './PageFrame.tsx';
import { PageLoading } from './PageLoading.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { pickApplication, refresh, useWorld } from './stores.ts';

interface Props {
  /** Heads the page where the application could not be read. */
  title: string;
  /** Shown where there is no application. */
  icon: ReactNode;
  children: (summary: ApplicationSummary) => ReactNode;
}

/** A page about the application, or what stands there while it is read, where that failed, and where there is none. */
export function ApplicationPage({ title, icon, children }: Props) {
  const applications = useWorld((world) => world.applications);
  const problem = useWorld((world) => world.problems.applications);
  const summary = pickApplication(applications);
  if (problem !== undefined)
    return (
      <PageFrame title={title}>
        <ProblemNote
          title="The applications could not be read"
          problem={problem}
          onRetry={() => void refresh('applications')}
        />
      </PageFrame>
    );
  if (applications === null) return <PageLoading />;
  if (summary === null)
    return (
      <EmptyPage
        order={1}
        icon={icon}
        title="No application found"
        text="Installing Cleave again brings its application back."
      />
    );
  return children(summary);
}
