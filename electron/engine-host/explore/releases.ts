import type { Deployment } from '../../../engine/deploy/index.ts';
import {
  changeTitle,
  type ExploreRelease,
  type ExploreState,
  type ReleaseByHand,
  type ReleaseEnd,
  type ReplacementStrategy,
} from '../../../engine/model/index.ts';
import { Problem, problemData } from '../../host-protocol/index.ts';
import { carryOutRelease } from './carry-out-release.ts';

/** What a release is done to, and how it is told. */
export interface ReleaseSurroundings {
  state: () => ExploreState;
  update: (next: ExploreState) => void;
  /** Asks whether it may be done now. Throws Problem where not. */
  begin: (what: ReleaseByHand, strategy: ReplacementStrategy) => Begun;
}

export interface Begun {
  deployment: Deployment;
  /** Everything is stopped. */
  stopped: AbortSignal;
  /** Whether what was deployed still stands. */
  stands: () => boolean;
  /** Counts visitors from then on, ms since the epoch. */
  countFrom: (atMs: number) => void;
  /** Whoever stops everything waits for this. */
  hold: (work: Promise<unknown>) => void;
}

/** Releases changes to what is deployed, and takes them back. */
export interface Releases {
  /** After those that it builds on; settles when that has ended, also when it was cancelled. */
  release(change: string, strategy: ReplacementStrategy): Promise<void>;
  /** In the way in which it was released; settles as `release` does. */
  takeBack(): Promise<void>;
  cancel(): void;
}

export function openReleases({ state, update, begin }: ReleaseSurroundings): Releases {
  let cancelling = new AbortController();

  const perform = async (what: ReleaseByHand, strategy: ReplacementStrategy): Promise<void> => {
    const { deployment, stopped, stands, countFrom, hold } = begin(what, strategy);
    const { clock } = deployment;
    const before = deployment.changes.at(-1);
    const fromMs = clock.monotonicMs();
    const begun: ExploreRelease = {
      ...{ what, strategy, sinceMs: clock.nowMs(), going: what.change, units: [], end: null },
      stage: what.kind === 'release' ? 'bundling' : 'replacing',
    };
    const cancel = new AbortController();
    cancelling = cancel;
    update({ ...state(), release: begun });
    countFrom(begun.sinceMs);
    const tell = (next: Partial<ExploreRelease>): void => {
      const now = state();
      if (stands() && now.release?.end === null) update({ ...now, release: { ...now.release, ...next } });
    };
    const end = (came: Omit<ReleaseEnd, 'tookMs'>): void => {
      const now = state();
      if (!stands() || now.phase !== 'running') return;
      const release = { ...(now.release ?? begun), end: { tookMs: clock.monotonicMs() - fromMs, ...came } };
      const live = { changes: [...deployment.changes], halfWay: !deployment.isWhole };
      update({ ...now, release, live });
    };
    const signal = AbortSignal.any([stopped, cancel.signal]);
    const performed = carryOutRelease(what, deployment, { strategy, signal, tell });
    hold(performed);
    try {
      end({ problem: null, cancelled: false, marks: await performed });
    } catch (error) {
      if (stopped.aborted) return;
      const { code, message, nextStep } = problemData(error);
      end({ problem: message, cancelled: cancel.signal.aborted, marks: null });
      if (cancel.signal.aborted) return;
      throw new Problem(code, message, nextStep ?? whatServes(), { cause: error });
    }

    // A release that no answer shows is live all the same, and so is what one that failed builds on.
    function whatServes(): string {
      if (!deployment.isWhole) return 'Take it back.';
      const last = deployment.changes.at(-1);
      return last === undefined || last === before
        ? 'What served before goes on serving.'
        : `"${changeTitle(deployment.application, last)}" is live; it can be taken back.`;
    }
  };

  return {
    release: (change, strategy) => perform({ kind: 'release', change }, strategy),
    takeBack: async () => {
      const { live, release } = state();
      const last = live.changes.at(-1);
      const change = live.halfWay ? (release?.what.change ?? last) : last;
      if (change === undefined || release === null)
        throw new Problem('not-now', 'No change is live that could be taken back.', 'Release one first.');
      await perform({ kind: 'take-back', change }, release.strategy);
    },
    cancel: () => {
      if (state().release?.end !== null) throw new Problem('not-running', 'No release is going on any more.');
      cancelling.abort(new Error('cancelled by the user'));
    },
  };
}
