import { IconApi } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { ApplicationSummary, Topology } from '../../engine/model/index.ts';
import { useExplore } from '../explore/explore-store.ts';
import { ApplicationPage } from '../shared/ApplicationPage.tsx';
import { Explained } from '../shared/Explained.tsx';
import { PageFrame } from '../shared/PageFrame.tsx';
import { topologiesOf } from '../shared/topologies.ts';
import { readApis, useApis } from './apis-store.ts';
import { CallsCard } from './CallsCard.tsx';
import { ModuleCard } from './ModuleCard.tsx';
import classes from './apis.module.css';

const lead =
  'An API is what a module offers to others: operations, with what goes in and what comes out. A unit is what is deployed and runs as one process; one whose API others reach over the network is a microservice. The modules have the same APIs in every cut, in a monolith too: a cut only decides which calls stay function calls inside a unit and which cross the network to another, where they take longer and can get lost.';

/** What each module offers, who calls it, which calls cross the network in a cut, and what a running cut answers. */
export function ApisPage() {
  return (
    <ApplicationPage title="APIs" icon={<IconApi size={28} />}>
      {(summary) => (
        <PageFrame title="APIs" lead={<Explained only={['cut', 'module', 'unit']}>{lead}</Explained>}>
          <ApiMap summary={summary} />
        </PageFrame>
      )}
    </ApplicationPage>
  );
}

function ApiMap({ summary }: { summary: ApplicationSummary }) {
  const { application } = summary;
  const running = useExplore(({ explore }) => explore.topology);
  const chosenCut = useApis((state) => state.cut);
  const chosenModule = useApis((state) => state.module);
  const api = useRef<HTMLDivElement>(null);
  useEffect(() => void readApis(application.name), [application.name]);
  const cuts = cutsWith(topologiesOf(summary), running);
  const cut = cuts.find(({ name }) => name === (chosenCut ?? running?.name)) ?? cuts[0];
  if (cut === undefined) return null;
  const names = Object.keys(application.modules);
  // What many call shows most.
  const module = names.find((name) => name === chosenModule) ?? favourite(names, application) ?? '';
  const choose = (name: string): void => useApis.setState({ module: name });
  // A long table may fill the window. Once the other module stands there: until then there may be no room to scroll.
  const goTo = (name: string): void => {
    choose(name);
    requestAnimationFrame(() => {
      api.current?.scrollIntoView({ block: 'start' });
      api.current?.focus({ preventScroll: true });
    });
  };
  return (
    <div className={classes.cards}>
      <CallsCard application={application} cuts={cuts} cut={cut} module={module} onModule={goTo} />
      <div ref={api} tabIndex={-1} className={classes.api}>
        <ModuleCard application={application} cut={cut} module={module} onModule={choose} />
      </div>
    </div>
  );
}

/** The one that runs is among them, also where its drawing was changed or deleted since. */
function cutsWith(cuts: readonly Topology[], running: Topology | null): Topology[] {
  if (running === null) return [...cuts];
  return cuts.some(({ name }) => name === running.name)
    ? cuts.map((cut) => (cut.name === running.name ? running : cut))
    : [...cuts, running];
}

function favourite(names: readonly string[], { modules }: ApplicationSummary['application']): string | undefined {
  const called = Object.values(modules).flatMap(({ uses }) => uses.map(({ module }) => module));
  const count = (name: string): number => called.filter((one) => one === name).length;
  return names.toSorted((a, b) => count(b) - count(a))[0];
}
