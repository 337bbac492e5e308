import { own } from '../../model/index.ts';
import { fisherMidP, wilsonInterval, type Count } from '../../statistics/index.ts';
import { timeQuantile } from '../times.ts';
import { sliceMs } from './resolution.ts';
import type { TrackedSlice } from './track.ts';

const inflationFactor = 1.5;
const inflationMs = 50;
/** Share of requests that lie above a p95. */
const beyondP95 = 0.05;
const onlyByChance = 0.025;
/**
 * A stall of the machine is one event, however many requests it holds up. One of half a second holds requests up by 50 ms or more in at most
 * this many slices in a row, wherever it begins.
 */
const stallSlices = Math.ceil(500 / sliceMs) + 1;

type Bounds = ReadonlyMap<string, number>;

/**
 * Endpoints whose p95 rose by the factor and by the ms at least from `baseline` to `fault`, beyond chance and beyond what one stall of the machine does.
 * Both windows are judged without the stretch in which the most requests of all endpoints were slow. Of what is left of the fault window the 95 % interval of
 * the share of requests above the bound must lie above 5 % (Wilson), and that share must exceed the whole baseline's, whose p95 comes from few requests too
 * (exact test, mid-p at most 2.5 %).
 */
export function slowerEndpoints(
  baseline: readonly TrackedSlice[],
  fault: readonly TrackedSlice[],
  endpoints: readonly string[],
): ReadonlySet<string> {
  const whole = p95Of(baseline, endpoints);
  const calm = p95Of(withoutWorst(baseline, whole), endpoints);
  const bounds = new Map(
    // All of an endpoint's few requests may lie in the stretch that is left out.
    [...whole, ...calm].map(([name, p95Ms]) => [name, Math.max(inflationFactor * p95Ms, p95Ms + inflationMs)]),
  );
  const judged = withoutWorst(fault, bounds);
  return new Set(
    [...bounds].flatMap(([name, boundMs]) => {
      const during = above(judged, name, boundMs);
      const before = above(baseline, name, boundMs);
      return wilsonInterval(during.successes, during.trials).low > beyondP95 &&
        fisherMidP(during, before) <= onlyByChance
        ? [name]
        : [];
    }),
  );
}

function p95Of(slices: readonly TrackedSlice[], endpoints: readonly string[]): Map<string, number> {
  return new Map(
    endpoints.flatMap((name) => {
      const p95Ms = timeQuantile(
        slices.flatMap((slice) => own(slice.endpoints, name)?.times ?? []),
        0.95,
      );
      return p95Ms === null ? [] : [[name, p95Ms] as const];
    }),
  );
}

/** The slices without the stretch of a stall's length, at most half of them, in which the most requests, of all endpoints together, lie above their endpoint's bound. */
function withoutWorst(slices: readonly TrackedSlice[], bounds: Bounds): TrackedSlice[] {
  const slow = slices.map((slice) =>
    [...bounds].reduce((sum, [name, boundMs]) => sum + above([slice], name, boundMs).successes, 0),
  );
  const length = Math.min(stallSlices, Math.floor(slices.length / 2));
  let worst = { from: 0, slow: -1 };
  for (let from = 0; from + length <= slices.length; from += 1) {
    const inStretch = slow.slice(from, from + length).reduce((sum, count) => sum + count, 0);
    if (inStretch > worst.slow) worst = { from, slow: inStretch };
  }
  return slices.filter((_, index) => index < worst.from || index >= worst.from + length);
}

/** How many requests lie above the bound. */
function above(slices: readonly TrackedSlice[], endpoint: string, boundMs: number): Count {
  let successes = 0;
  let trials = 0;
  for (const slice of slices) {
    for (const { ms, count } of own(slice.endpoints, endpoint)?.times ?? []) {
      trials += count;
      if (ms > boundMs) successes += count;
    }
  }
  return { successes, trials };
}
