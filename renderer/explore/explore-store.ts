import { create } from 'zustand';
import type { ExploreState } from '../../engine/model/index.ts';
import { afterPaint } from '../shared/after-paint.ts';
import { ask, listen } from '../shared/bridge.ts';

/** What is deployed for looking around. */
export const idle: ExploreState = {
  phase: 'idle',
  runtime: null,
  topology: null,
  url: null,
  units: [],
  replacement: null,
  release: null,
  live: { changes: [], halfWay: false },
  faults: [],
  visitors: null,
  problem: null,
  logs: [],
};

export const useExplore = create<{ explore: ExploreState }>(() => ({ explore: idle }));

let waiting: ExploreState | null = null;
let timer: ReturnType<typeof setTimeout> | null = null;

/** Shows the newest state, at most four times a second. */
export function takeExplore(state: ExploreState): void {
  waiting = state;
  timer ??= setTimeout(() => {
    timer = null;
    if (waiting !== null) useExplore.setState({ explore: waiting });
    waiting = null;
  }, 250);
}

/** Follows the deployment; returns the unsubscribe. */
export function followExplore(): () => void {
  const stop = listen('explore:changed', takeExplore);
  const callOff = afterPaint(
    () =>
      void ask('explore:state').then(
        (explore) => useExplore.setState({ explore }),
        () => undefined,
      ),
  );
  return () => {
    callOff();
    stop();
  };
}
