import { IconCompass } from '@tabler/icons-react';
import type { ApplicationSummary } from '../../engine/model/index.ts';
import { ApplicationPage } from '../shared/ApplicationPage.tsx';
import { PageFrame } from '../shared/PageFrame.tsx';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { useExplore } from './explore-store.ts';
import { ExploreActions } from './ExploreActions.tsx';
import { ExploreBoard } from './ExploreBoard.tsx';
import { TopologyChooser } from './TopologyChooser.tsx';

/** One cut with a few visitors: open it, watch it, break it, see who suffers, stop it. */
export function ExplorePage() {
  return (
    <ApplicationPage title="Explore" icon={<IconCompass size={28} />}>
      {(summary) => <Explore summary={summary} />}
    </ApplicationPage>
  );
}

function Explore({ summary }: { summary: ApplicationSummary }) {
  const explore = useExplore((state) => state.explore);
  const idle = explore.phase === 'idle' || explore.phase === 'failed';
  return (
    <PageFrame
      title="Explore"
      lead={
        idle
          ? `Start the ${summary.application.title.toLowerCase()} in one cut, with a dozen visitors a second. Open it in the browser, watch its units, break one by hand or release a change, and see who suffers.`
          : `${summary.application.title} as ${explore.topology?.name ?? 'a cut'}, ${explore.runtime === 'process' ? 'as processes' : 'in containers'}, with a dozen visitors a second.`
      }
      actions={idle ? undefined : <ExploreActions explore={explore} />}
    >
      {explore.phase === 'failed' ? (
        <ProblemNote
          title="The deployment failed"
          problem={{
            message: explore.problem ?? 'It ended without a reason.',
            nextStep: 'Choose a cut to try again.',
          }}
        />
      ) : null}
      {idle ? (
        <TopologyChooser summary={summary} />
      ) : (
        <ExploreBoard explore={explore} application={summary.application} />
      )}
    </PageFrame>
  );
}
