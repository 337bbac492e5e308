import type { LoadMeasurement, ReleasedRequests } from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import { SliceTrack } from '../track.ts';
import { longestGapMs } from './longest-gap.ts';

/** How long the load runs before and after, ms. */
const besideMs = 1000;
/** Longer than any release takes; it is ended by hand. */
const loadMs = 300_000;
/** Fine enough to notice soon what is wrong, ms. */
const sliceMs = 250;

/** Does a piece of work while people are on the deployment, from a second before it to a second after it, and counts what they lost. */
export async function underLoad<T>(
  context: ProbeContext,
  phase: string,
  work: (track: SliceTrack) => Promise<T>,
): Promise<{ value: T; requests: ReleasedRequests }> {
  const { clock } = context.deployment;
  const track = new SliceTrack();
  const load = startLoad(context, {
    ...{ phase, durationMs: loadMs, sliceMs },
    // Evenly, as under faults: what is lost is told by how long nobody served.
    arrivals: 'constant',
    onSlice: (slice) => track.add(slice),
  });
  try {
    await clock.delay(besideMs, context.signal);
    const value = await work(track);
    await clock.delay(besideMs, context.signal);
    const requests = requestsOf(await load.stop());
    return { value, requests: { ...requests, longestGapMs: longestGapMs(track.between(0, Infinity)) } };
  } finally {
    await load.stop().catch(() => undefined);
  }
}

function requestsOf({ endpoints }: LoadMeasurement): ReleasedRequests {
  const all = Object.entries(endpoints);
  const lostBy = Object.fromEntries(
    all.map(([name, { scheduled, good }]) => [name, scheduled - good] as const).filter(([, lost]) => lost > 0),
  );
  return {
    scheduled: all.reduce((sum, [, { scheduled }]) => sum + scheduled, 0),
    lost: Object.values(lostBy).reduce((sum, lost) => sum + lost, 0),
    lostBy,
  };
}
