import type { LineSlice, Random } from '../../../model/index.ts';
import { sliceMs } from '../resolution.ts';

/** An endpoint of a simulated application. */
export interface WorldEndpoint {
  requestsPerSecond: number;
  /** Median of the log-normal time that a request takes when nothing holds it up, ms. */
  medianMs: number;
  /** Share of requests that wait for something rare, and for how long, ms. */
  rare?: { share: number; ms: number };
}

/** A span in which everything stands still; what comes in it waits for its end. */
export interface Stall {
  fromMs: number;
  untilMs: number;
}

/** What a fault does to one request due `atMs` after its effect. */
export interface Harm {
  addedMs?: number;
  failed?: boolean;
}

const spread = 0.4;
const deadlineMs = 1000;

/** Stalls as a Poisson process, so many a second, each of a length evenly between the bounds. */
export function stalls(
  random: Random,
  lengthMs: number,
  kind: { perSecond: number; shortestMs: number; longestMs: number },
): Stall[] {
  const found: Stall[] = [];
  for (let fromMs = gapMs(random, kind.perSecond); fromMs < lengthMs; fromMs += gapMs(random, kind.perSecond))
    found.push({
      fromMs,
      untilMs: fromMs + kind.shortestMs + (kind.longestMs - kind.shortestMs) * random.next(),
    });
  return found;
}

/** Slices of a window in which the endpoints' requests arrive by Poisson processes of their own. */
export function worldWindow(
  random: Random,
  lengthMs: number,
  endpoints: Readonly<Record<string, WorldEndpoint>>,
  disturbed: { stalls: readonly Stall[]; badShare: number; harm: (endpoint: string, atMs: number) => Harm },
): LineSlice[] {
  const slices = Array.from({ length: Math.round(lengthMs / sliceMs) }, (_, index): LineSlice => ({
    startMs: index * sliceMs,
    lengthMs: sliceMs,
    withheldMs: 0,
    endpoints: {},
  }));
  for (const [name, { requestsPerSecond, medianMs, rare }] of Object.entries(endpoints)) {
    for (let atMs = gapMs(random, requestsPerSecond); atMs < lengthMs; atMs += gapMs(random, requestsPerSecond)) {
      const harm = disturbed.harm(name, atMs);
      const heldMs = disturbed.stalls.reduce(
        (most, stall) => (atMs >= stall.fromMs && atMs < stall.untilMs ? Math.max(most, stall.untilMs - atMs) : most),
        0,
      );
      const rareMs = rare !== undefined && random.next() < rare.share ? rare.ms : 0;
      const ms = heldMs + rareMs + medianMs * Math.exp(spread * normal(random)) + (harm.addedMs ?? 0);
      const bad = harm.failed === true || ms > deadlineMs || random.next() < disturbed.badShare;
      const slice = slices[Math.floor(atMs / sliceMs)];
      if (slice === undefined) continue;
      const part = (slice.endpoints[name] ??= {
        ...{ scheduled: 0, good: 0, notReached: 0, errors: {}, answersMs: [], failuresMs: [] },
      });
      part.scheduled += 1;
      if (bad) part.failuresMs.push(harm.failed === true ? 1 : Math.min(ms, deadlineMs));
      else {
        part.good += 1;
        part.answersMs.push(ms);
      }
    }
  }
  return slices;
}

function gapMs(random: Random, perSecond: number): number {
  return (1000 / perSecond) * random.exponential();
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
