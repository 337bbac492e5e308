import { create } from 'zustand';
import type {
  ApplicationSummary,
  AppSettings,
  EngineStatus,
  Experiment,
  RequestResults,
  ResultSummary,
  Trashed,
} from '../../engine/model/index.ts';
import { afterPaint } from './after-paint.ts';
import { ask, listen } from './bridge.ts';
import { problemOf, type Problem } from './problem.ts';

/** What the whole window knows about the outside; null until it was first answered. */
export interface World {
  info: RequestResults['app:info'] | null;
  engine: EngineStatus | null;
  applications: ApplicationSummary[] | null;
  experiments: Experiment[] | null;
  results: ResultSummary[] | null;
  /** Null until somebody has looked into it. */
  trash: Trashed[] | null;
  settings: AppSettings | null;
  /** Why something could not be read, by what it was. */
  problems: Partial<Record<'applications' | 'experiments' | 'results' | 'trash' | 'settings', Problem>>;
}

export const useWorld = create<World>(() => ({
  info: null,
  engine: null,
  applications: null,
  experiments: null,
  results: null,
  trash: null,
  settings: null,
  problems: {},
}));

/** What is read as a list, or as a whole. */
export type Readable = keyof World['problems'];
const requests = {
  applications: 'applications:list',
  experiments: 'experiments:list',
  results: 'results:list',
  trash: 'trash:list',
  settings: 'settings:get',
} as const satisfies Record<Readable, keyof RequestResults>;

/** Reads one of the lists again; a failure is kept beside it for the page to show. */
export async function refresh(what: Readable): Promise<void> {
  try {
    const value = await ask(requests[what]);
    useWorld.setState((world) => ({ [what]: value, problems: { ...world.problems, [what]: undefined } }));
  } catch (error) {
    useWorld.setState((world) => ({ problems: { ...world.problems, [what]: problemOf(error) } }));
  }
}

/** Follows what changes and reads everything once, what only the engine knows after the first page stands; returns the unsubscribe. */
export function followWorld(): () => void {
  const stops = [
    listen('engine:changed', (engine) => useWorld.setState({ engine })),
    ...(['results', 'experiments', 'applications'] as const).map((what) =>
      listen(`${what}:changed`, () => {
        void refresh(what);
        if (useWorld.getState().trash !== null) void refresh('trash');
      }),
    ),
    listen('settings:changed', (settings) => useWorld.setState({ settings })),
  ];
  void refresh('settings');
  void ask('app:info').then(
    (info) => useWorld.setState({ info }),
    () => undefined,
  );
  // The first question starts the engine's process, which would take a processor from the page.
  const callOff = afterPaint(() => {
    for (const what of ['applications', 'results', 'experiments'] as const) void refresh(what);
    void ask('engine:status').then(
      (engine) => useWorld.setState({ engine }),
      () => undefined,
    );
  });
  return () => {
    callOff();
    for (const stop of stops) stop();
  };
}

/** The application with that name, or the first there is. */
export function pickApplication(applications: ApplicationSummary[] | null, name?: string): ApplicationSummary | null {
  return applications?.find((summary) => summary.application.name === name) ?? applications?.[0] ?? null;
}
