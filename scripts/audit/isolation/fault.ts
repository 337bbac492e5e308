import type { Value } from '../histogram.ts';
import { own } from '../own.ts';
import { recovery } from '../recovery.ts';
import type { Application, RoundBase, Slice } from '../round.ts';
import { askedIn, slicesTouching, slicesWithin, wantedOf } from '../windows.ts';
import { cellOf, type Cell } from './cell.ts';

export interface Fault {
  label: string;
  module: string;
  unit: string;
  status: 'applied' | 'cannot-happen' | 'aborted';
  baselineFromMs: number | null;
  baselineUntilMs: number | null;
  effectAtMs: number | null;
  undoneAtMs: number | null;
  endAtMs: number | null;
  watchedUntilMs: number | null;
  recoverCountedFrom: 'effect' | 'undo';
  events: { atMs: number; kind: string; unit?: string | null }[];
}

export interface IsolationFields {
  isolation: Fault[];
}

/** Length of the window of index and severity, ms. */
const INDEX_MS = 2500;

/** Everything that is said about one fault in one deployment, from its slices and moments. Times in ms from the effect unless named otherwise. */
export interface Outcome {
  cells: Cell[];
  breadth: number;
  severity: number;
  index: number | null;
  lost: number;
  wanted: number;
  outageSeconds: number | null;
  /** Good and wanted in the index's window: all endpoints, and those that do not need the module. */
  indexCounts: { all: { good: number; wanted: number }; unneeding: { good: number; wanted: number } };
  detect: { userMs: number | null; engineMs: number | null; breakerMs: number | null };
  recover: Value;
}

/** Share of the requests that goes to each endpoint, by the journeys' weights and steps. */
export function trafficOf({ journeys }: Application): Map<string, number> {
  const weights = new Map<string, number>();
  let total = 0;
  for (const { weight, steps } of Object.values(journeys))
    for (const { endpoint } of steps) {
      weights.set(endpoint, (weights.get(endpoint) ?? 0) + weight);
      total += weight;
    }
  return new Map([...weights].map(([endpoint, weight]) => [endpoint, weight / total]));
}

/** Derives the outcome; null where the fault was not done. */
export function outcomeOf(fault: Fault, round: RoundBase, application: Application): Outcome | null {
  const { effectAtMs, endAtMs, watchedUntilMs, baselineFromMs, baselineUntilMs } = fault;
  const slices = round.lines['isolation'];
  if (fault.status !== 'applied' || slices === undefined || effectAtMs === null || endAtMs === null) return null;
  if (watchedUntilMs === null || baselineFromMs === null || baselineUntilMs === null) return null;
  const before = slicesWithin(slices, baselineFromMs, baselineUntilMs);
  const watched = slicesTouching(slicesWithin(slices, -Infinity, watchedUntilMs), effectAtMs, Infinity);
  const under = slicesTouching(watched, effectAtMs, endAtMs);
  const first = watched[0]?.startMs ?? effectAtMs;
  const fixed = slicesWithin(watched, first, first + INDEX_MS);

  const traffic = trafficOf(application);
  const cells = [...traffic.keys()].map((endpoint) =>
    cellOf(endpoint, askedIn(before, endpoint), askedIn(under, endpoint)),
  );
  const all = askedIn(before);
  const after = askedIn(watched);
  const wanted = wantedOf(after);
  const lost = Math.max(0, (wanted * all.good) / wantedOf(all) - after.good);
  const seconds = before.reduce((total, { lengthMs }) => total + lengthMs, 0) / 1000;
  return {
    cells,
    breadth: cells.filter(({ hurt }) => hurt).reduce((sum, { endpoint }) => sum + (traffic.get(endpoint) ?? 0), 0),
    ...indexOf(fault, before, fixed, application),
    lost,
    wanted,
    outageSeconds: all.good === 0 ? null : lost / (all.good / seconds),
    detect: detectionOf(fault, watched, effectAtMs),
    recover: recovery(
      watched,
      all,
      (fault.recoverCountedFrom === 'undo' ? fault.undoneAtMs : null) ?? effectAtMs,
      watchedUntilMs,
    ),
  };
}

/** Severity over all endpoints, index over those that do not need the module; one of which nothing was wanted is left out. */
function indexOf(fault: Fault, before: Slice[], fixed: Slice[], application: Application) {
  let [severity, loss, weight] = [0, 0, 0];
  const indexCounts = { all: { good: 0, wanted: 0 }, unneeding: { good: 0, wanted: 0 } };
  for (const [endpoint, w] of trafficOf(application)) {
    const [then, now] = [askedIn(before, endpoint), askedIn(fixed, endpoint)];
    if (wantedOf(now) === 0) continue;
    const share = then.good / wantedOf(then);
    const lost = share > 0 ? Math.max(0, 1 - now.good / wantedOf(now) / share) : 0;
    const needless = own(own(application.endpoints, endpoint)?.needs ?? {}, fault.module) === undefined;
    severity += w * lost;
    if (needless) [loss, weight] = [loss + w * lost, weight + w];
    for (const counts of [indexCounts.all, ...(needless ? [indexCounts.unneeding] : [])]) {
      counts.good += now.good;
      counts.wanted += wantedOf(now);
    }
  }
  return { severity, index: weight === 0 ? null : 1 - loss / weight, indexCounts };
}

function detectionOf(fault: Fault, watched: Slice[], effectAtMs: number): Outcome['detect'] {
  const since = (atMs: number | undefined) => (atMs === undefined ? null : Math.max(0, atMs - effectAtMs));
  const events = fault.events.toSorted((a, b) => a.atMs - b.atMs);
  const isBreaker = ({ kind }: { kind: string }) => kind === 'breaker';
  return {
    userMs: since(
      watched.find((slice) => {
        const { scheduled, good } = askedIn([slice]);
        return good < scheduled;
      })?.startMs,
    ),
    engineMs: since(events.find((event) => event.unit === fault.unit && !isBreaker(event))?.atMs),
    breakerMs: since(events.find(isBreaker)?.atMs),
  };
}
