import { isolationPhase, tallyQuantile, windowsOf } from '../../engine/evaluation/index.ts';
import { own, samplesNeeded, type LineEndpoint, type LineSlice, type Result } from '../../engine/model/index.ts';
import type { FaultView } from '../section/isolation/data.ts';
import { median, sum } from './numbers.ts';

/** One moment of a fault's story, `atMs` counted from the moment the fault took effect; all rounds and endpoints pooled. */
export interface Moment {
  atMs: number;
  availability: number | null;
}

/** A quantile of the response times over a longer step, so that enough requests stand behind it. */
export interface SlowMoment {
  atMs: number;
  ms: number | null;
}

export interface FaultStory {
  moments: Moment[];
  /** The quantile that `slow` has, 0 to 1: the highest for which most steps have enough requests. */
  quantile: number;
  slow: SlowMoment[];
  /** Availability by endpoint over the same moments. */
  endpoints: { endpoint: string; availability: (number | null)[] }[];
  /** When the fault was undone, ms after its effect; null where it healed by itself or was not noted. */
  undoneMs: number | null;
  events: { atMs: number; text: string }[];
  resolutionMs: number;
}

/** What is needed of one round to tell what it went through. */
export interface Told {
  effectAtMs: number | null;
  /** End of what was done to it; null where it healed by itself or was not noted. */
  endAtMs: number | null;
  slices: readonly LineSlice[];
  events: { atMs: number; text: string }[];
}

/** Steps of the slower line, slices each. */
const slicesPerSlowMoment = 4;
const quantiles = [0.95, 0.9, 0.75, 0.5];

/** The story of a fault on one variant; null where no time line was kept (results of version 1). */
export function storyOf(result: Result, view: FaultView): FaultStory | null {
  const rounds = result.rounds.flatMap((round): Told[] =>
    view.rounds.flatMap(({ measured }) => {
      if (!round.isolation.includes(measured)) return [];
      const slices = windowsOf(measured, round.lines[isolationPhase] ?? [])?.story ?? [];
      return [{ effectAtMs: measured.effectAtMs, endAtMs: measured.undoneAtMs, slices, events: measured.events }];
    }),
  );
  return tell(rounds);
}

/** Pools the slices of several rounds on the clock of the fault; the marks are those of the first. Null where there is nothing to tell. */
export function tell(rounds: readonly Told[]): FaultStory | null {
  const step = rounds[0]?.slices[0]?.lengthMs;
  const [first] = rounds;
  if (step === undefined || first === undefined) return null;
  const slots = new Map<number, LineSlice[]>();
  for (const { effectAtMs, slices } of rounds) {
    if (effectAtMs === null) continue;
    for (const slice of slices) {
      // The slice that straddles the effect is the first of the fault: loss begins in it, not before.
      const slot = Math.ceil((slice.startMs - effectAtMs) / step - 1e-6);
      slots.set(slot, [...(slots.get(slot) ?? []), slice]);
    }
  }
  const order = [...slots.keys()].toSorted((left, right) => left - right);
  const names = [...new Set(rounds.flatMap(({ slices }) => slices.flatMap((slice) => Object.keys(slice.endpoints))))];
  const at = (slot: number, endpoint?: string): LineEndpoint[] =>
    (slots.get(slot) ?? []).flatMap((slice) =>
      endpoint === undefined ? Object.values(slice.endpoints) : (own(slice.endpoints, endpoint) ?? []),
    );
  const groups = [...new Set(order.map((slot) => Math.floor(slot / slicesPerSlowMoment)))].map((group) => ({
    atMs: group * slicesPerSlowMoment * step,
    parts: Array.from({ length: slicesPerSlowMoment }, (_, index) => at(group * slicesPerSlowMoment + index)).flat(),
  }));
  const requests = median(groups.map(({ parts }) => sum(parts.map((part) => part.scheduled)))) ?? 0;
  const quantile = quantiles.find((q) => requests >= samplesNeeded(q)) ?? 0.5;
  const origin = first.effectAtMs ?? 0;
  return {
    moments: order.map((slot) => ({ atMs: slot * step, availability: availabilityOf(at(slot)) })),
    quantile,
    slow: groups.map(({ atMs, parts }) => ({ atMs, ms: quantileOf(parts, quantile) })),
    endpoints: names.map((endpoint) => ({
      endpoint,
      availability: order.map((slot) => availabilityOf(at(slot, endpoint))),
    })),
    undoneMs: first.endAtMs === null ? null : first.endAtMs - origin,
    events: first.events.map((event) => ({ atMs: event.atMs - origin, text: event.text })),
    resolutionMs: step,
  };
}

function availabilityOf(parts: readonly LineEndpoint[]): number | null {
  const scheduled = sum(parts.map((part) => part.scheduled));
  return scheduled > 0 ? sum(parts.map((part) => part.good)) / scheduled : null;
}

function quantileOf(parts: readonly LineEndpoint[], q: number): number | null {
  const ascending = (times: number[]) => times.sort((left, right) => left - right);
  const answersMs = ascending(parts.flatMap((part) => part.answersMs));
  const failuresMs = ascending(parts.flatMap((part) => part.failuresMs));
  if (answersMs.length + failuresMs.length < samplesNeeded(q)) return null;
  return tallyQuantile({ answersMs, failuresMs }, q)?.ms ?? null;
}
