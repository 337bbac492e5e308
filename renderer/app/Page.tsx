import { lazy, Suspense } from 'react';
import type { Route } from '../../engine/model/index.ts';
import { HomePage } from '../home/HomePage.tsx';
import { PageLoading } from '../shared/PageLoading.tsx';

// Everything but the first page loads when it is first opened, so that the window stands sooner.
const ExplorePage = lazy(async () => ({ default: (await import('../explore/ExplorePage.tsx')).ExplorePage }));
const TopologiesPage = lazy(async () => ({
  default: (await import('../topologies/TopologiesPage.tsx')).TopologiesPage,
}));
const ApisPage = lazy(async () => ({ default: (await import('../apis/ApisPage.tsx')).ApisPage }));
const ClaimsPage = lazy(async () => ({ default: (await import('../claims/ClaimsPage.tsx')).ClaimsPage }));
const DecidePage = lazy(async () => ({ default: (await import('../decide/DecidePage.tsx')).DecidePage }));
const ExperimentsPage = lazy(async () => ({
  default: (await import('../experiments/ExperimentsPage.tsx')).ExperimentsPage,
}));
const EditorPage = lazy(async () => ({ default: (await import('../experiments/EditorPage.tsx')).EditorPage }));
const RunPage = lazy(async () => ({ default: (await import('../run/RunPage.tsx')).RunPage }));
const HistoryPage = lazy(async () => ({ default: (await import('../history/HistoryPage.tsx')).HistoryPage }));
const TrashPage = lazy(async () => ({ default: (await import('../history/TrashPage.tsx')).TrashPage }));
const ResultPage = lazy(async () => ({ default: (await import('../results/ResultPage.tsx')).ResultPage }));
const ComparePage = lazy(async () => ({ default: (await import('../compare/ComparePage.tsx')).ComparePage }));
const GlossaryPage = lazy(async () => ({ default: (await import('../glossary/GlossaryPage.tsx')).GlossaryPage }));
const SamplePage = lazy(async () => ({ default: (await import('../sample/SamplePage.tsx')).SamplePage }));
const SettingsPage = lazy(async () => ({ default: (await import('../settings/SettingsPage.tsx')).SettingsPage }));

/** The page of a route. */
export function Page({ route }: { route: Route }) {
  return <Suspense fallback={<PageLoading />}>{pageOf(route)}</Suspense>;
}

function pageOf(route: Route) {
  switch (route.page) {
    case 'home':
      return <HomePage />;
    case 'explore':
      return <ExplorePage />;
    case 'topologies':
      return <TopologiesPage name={route.name} />;
    case 'apis':
      return <ApisPage />;
    case 'claims':
      return <ClaimsPage name={route.name} />;
    case 'decide':
      return <DecidePage />;
    case 'experiments':
      return <ExperimentsPage />;
    case 'experiment':
      return <EditorPage key={route.name} name={route.name} />;
    case 'run':
      return <RunPage />;
    case 'history':
      return <HistoryPage />;
    case 'trash':
      return <TrashPage />;
    case 'result':
      return <ResultPage key={route.id} id={route.id} />;
    case 'compare':
      return <ComparePage first={route.first} second={route.second} />;
    case 'sample':
      return <SamplePage />;
    case 'glossary':
      return <GlossaryPage />;
    case 'settings':
      return <SettingsPage />;
  }
}
