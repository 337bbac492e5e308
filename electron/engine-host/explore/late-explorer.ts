import type { ExploreState } from '../../../engine/model/index.ts';
import type { Explorer } from './explorer.ts';
import { emptyState } from './state.ts';

/** The explorer, which loads what deploys when it is first used: a window that opens asks only what is deployed, and nothing is. */
export function openLateExplorer(onChange: (state: ExploreState) => void): Explorer {
  let loading: Promise<Explorer> | null = null;
  let loaded: Explorer | null = null;
  const load = (): Promise<Explorer> =>
    (loading ??= import('./explorer.ts').then(({ openExplorer }) => (loaded = openExplorer(onChange))));

  return {
    start: async (...args) => (await load()).start(...args),
    stop: async () => (await loading)?.stop(),
    state: () => loaded?.state() ?? emptyState(),
    inject: async (fault) => (await load()).inject(fault),
    replace: async (what) => (await load()).replace(what),
    impact: async (change) => (await load()).impact(change),
    releases: {
      release: async (change, strategy) => (await load()).releases.release(change, strategy),
      takeBack: async () => (await load()).releases.takeBack(),
      cancel: () => loaded?.releases.cancel(),
    },
    undo: async (id) => (await load()).undo(id),
    ask: async (asked) => (await load()).ask(asked),
    document: async (unit) => (await load()).document(unit),
    get active() {
      return loaded?.active ?? false;
    },
  };
}
