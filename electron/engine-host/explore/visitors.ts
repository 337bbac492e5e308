import type { Deployment } from '../../../engine/deploy/index.ts';
import {
  own,
  wholeLoad,
  type Application,
  type ExploreCause,
  type ExploreVisitors,
  type LoadPlan,
  type LoadSlice,
} from '../../../engine/model/index.ts';

/** Enough that a unit which is away for half a second is missed, and few enough to leave the machine idle. */
const journeysPerSecond = 12;
const patienceMs = 2000;
const planLengthMs = 3_600_000;
/** What failed just before something was changed is not to be held against that. */
const sliceMs = 200;
const slicesTold = 5;
/** A fault is known to be in effect some time after it was; what failed meanwhile belongs to it. */
const slicesKept = 300;

/** A few visitors in a deployment. */
export interface Visitors {
  /** Counts anew from what was broken or changed just now. */
  countFrom(cause: ExploreCause, atMs: number): void;
  stop(): void;
}

/** Lets visitors go through every journey alike, for as long as the deployment stands, and tells once a second what they got. */
export function sendVisitors(
  { agent, application, entryUrl }: Deployment,
  onVisits: (visitors: ExploreVisitors) => void,
): Visitors {
  const controller = new AbortController();
  const { signal } = controller;
  let seen = nobodyYet(application);
  let second: LoadSlice[] = [];
  let past: LoadSlice[] = [];
  const visit = async (): Promise<void> => {
    for (let day = 0; !signal.aborted; day += 1) {
      await agent.startLoad(planOf(application, entryUrl, day), {
        signal,
        onSlice: (slice) => {
          if (signal.aborted) return;
          second.push(slice);
          if (second.length < slicesTold) return;
          seen = withSlices(seen, second);
          past = [...past, ...second].slice(-slicesKept);
          second = [];
          onVisits(seen);
        },
      }).done;
    }
  };
  // Without visitors the units are shown as before.
  visit().catch(() => undefined);
  return {
    countFrom: (cause, atMs) => {
      seen = withSlices({ ...nobodyYet(application), since: { atMs, cause } }, past);
      onVisits(seen);
    },
    stop: () => controller.abort(),
  };
}

/** Nobody has come yet. */
export function nobodyYet(application: Application): ExploreVisitors {
  const endpoints = Object.keys(application.endpoints).map((name) => ({
    name,
    asked: 0,
    failed: 0,
    failingNow: false,
  }));
  return { since: null, endpoints };
}

/** With what visitors got in some more slices; a slice that was over before something was broken or changed says nothing of that. Pure. */
export function withSlices(visitors: ExploreVisitors, slices: readonly LoadSlice[]): ExploreVisitors {
  const { since } = visitors;
  const counted = slices.filter(({ startMs, lengthMs }) => since === null || startMs + lengthMs > since.atMs);
  if (counted.length === 0) return visitors;
  return {
    since,
    endpoints: visitors.endpoints.map(({ name, asked, failed }) => {
      const got = counted.map((slice) => own(slice.endpoints, name) ?? { scheduled: 0, good: 0 });
      const scheduled = got.reduce((sum, one) => sum + one.scheduled, 0);
      const good = got.reduce((sum, one) => sum + one.good, 0);
      return {
        name,
        asked: asked + scheduled,
        failed: failed + scheduled - good,
        failingNow: good < scheduled,
      };
    }),
  };
}

function planOf(application: Application, entryUrl: string, day: number): LoadPlan {
  return wholeLoad(application, entryUrl, {
    // Alike, so that what few do is seen as soon as what many do.
    journeys: Object.fromEntries(
      Object.entries(application.journeys).map(([name, journey]) => [name, { ...journey, weight: 1 }]),
    ),
    ...{ journeysPerSecond, durationMs: planLengthMs, seed: day, deadlineMs: patienceMs, sliceMs },
    identitySalt: `visitors ${day}`,
  });
}
