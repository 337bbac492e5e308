import type { Application } from './application.ts';
import { changeTitle } from './change-words.ts';
import type { LabEventOf, UnitState } from './event.ts';
import type { ReplacementStrategy } from './replacement.ts';

/** What is done with a change in a running deployment. */
export interface ReleaseByHand {
  kind: 'release' | 'take-back';
  change: string;
}

/** How far a unit has got: its new instance starts, is ready, the old one has ended; or nothing of that yet. */
export interface ReleasedUnit {
  name: string;
  state: 'waits' | 'starts' | 'ready' | 'ended';
}

/** A change that is being released or taken back, or the last one that was. */
export interface ExploreRelease {
  what: ReleaseByHand;
  strategy: ReplacementStrategy;
  /** Since when, ms since the epoch. */
  sinceMs: number;
  /** The change that goes now: the same one, or one that it builds on. */
  going: string;
  /** What is done now. */
  stage: 'bundling' | 'building' | 'replacing' | 'looking';
  /** The units that it gets into, in the order in which they are replaced; empty until that is known. */
  units: ReleasedUnit[];
  /** What came of it; null while it is under way. */
  end: ReleaseEnd | null;
}

export interface ReleaseEnd {
  tookMs: number;
  /** Why it could not be done, one sentence; null when it was. */
  problem: string | null;
  /** Whether a person ended it. */
  cancelled: boolean;
  /** What releasing the change itself took, ms since it began; null where it did not get there or was taken back. */
  marks: {
    bundledMs: number;
    builtMs: number;
    replacedMs: number;
    /** The first answer that shows it; null where none can. */
    seenMs: number | null;
  } | null;
}

/** What is released right now. */
export interface LiveChanges {
  /** The changes, each after those it builds on. */
  changes: string[];
  /** Whether a release ended half-way: then other programs serve than what is said to be live. */
  halfWay: boolean;
}

/** A release with what happened to an instance while it goes on. Pure. */
export function withReleasedInstance(
  release: ExploreRelease,
  { unit, state }: Pick<LabEventOf<'unit-state'>, 'unit' | 'state'>,
): ExploreRelease {
  return {
    ...release,
    units: release.units.map((one) => (one.name === unit ? { ...one, state: stateAfter(one.state, state) } : one)),
  };
}

function stateAfter(before: ReleasedUnit['state'], state: UnitState): ReleasedUnit['state'] {
  switch (state) {
    case 'creating':
    case 'starting':
      return 'starts';
    case 'ready':
      return 'ready';
    case 'stopped':
      // What ends while it starts is the new one, which failed.
      return before === 'starts' ? 'waits' : 'ended';
    default:
      return before;
  }
}

const verbs = { 'under-way': 'is being', done: 'was', failed: 'could not be' } as const;

/** A release as people say it, without a stop: `"Better prices" is being released`. Pure. */
export function releaseInWords(
  { kind, change }: ReleaseByHand,
  phase: keyof typeof verbs,
  application: Pick<Application, 'changes'>,
): string {
  return `"${changeTitle(application, change)}" ${verbs[phase]} ${kind === 'release' ? 'released' : 'taken back'}`;
}
