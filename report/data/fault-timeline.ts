import type { IsolationMeasurement } from '../../engine/model/index.ts';
import type { FaultView } from './isolation.ts';
import { sum } from './numbers.ts';
import { remember } from './remember.ts';

/** One moment of a fault's story, `atMs` counted from the moment the fault took effect; all rounds and endpoints pooled. */
export interface Moment {
  atMs: number;
  availability: number | null;
  /** Over all requests of the moment; pooled over rounds as the mean weighted by requests, ms. */
  p95Ms: number | null;
}

export interface FaultStory {
  moments: Moment[];
  /** Availability by endpoint over the same moments. */
  endpoints: { endpoint: string; availability: (number | null)[] }[];
  /** When the fault was undone, ms after its effect; null where it healed by itself or was not noted. */
  undoneMs: number | null;
  events: { atMs: number; text: string }[];
  resolutionMs: number;
}

/** How the probe names the line over all endpoints. */
const everything = 'all';

interface Sample {
  slot: number;
  endpoint: string;
  scheduled: number;
  good: number;
  p95Ms: number | null;
}

function availability(samples: Sample[]): number | null {
  const scheduled = sum(samples.map((sample) => sample.scheduled));
  return scheduled > 0 ? sum(samples.map((sample) => sample.good)) / scheduled : null;
}

function weightedP95(samples: Sample[]): number | null {
  const known = samples.filter((sample) => sample.p95Ms !== null && sample.scheduled > 0);
  const weight = sum(known.map((sample) => sample.scheduled));
  return weight > 0 ? sum(known.map((sample) => (sample.p95Ms ?? 0) * sample.scheduled)) / weight : null;
}

type TimelinePoint = IsolationMeasurement['timeline'][number];

/** What is needed of one round to tell what it went through. */
interface Told {
  effectAtMs: number | null;
  /** End of what was done to it; null where it healed by itself or was not noted. */
  endAtMs: number | null;
  timeline: TimelinePoint[];
  events: { atMs: number; text: string }[];
}

/** The story of a fault on one variant; null where no time line was kept. */
export const storyOf = remember((view: FaultView): FaultStory | null =>
  tell(
    view.measurements.map((one) => ({ ...one, endAtMs: one.undoneAtMs })),
    view.measurements[0]?.resolutionMs ?? 1000,
  ),
);

/** Pools the time lines of several rounds, in steps of `resolutionMs`; the marks are those of the first. Null where there is nothing to tell. */
export function tell(rounds: readonly Told[], resolutionMs: number): FaultStory | null {
  const step = Math.max(1, resolutionMs);
  const samples: Sample[] = rounds.flatMap((one) => {
    const { effectAtMs } = one;
    if (effectAtMs === null) return [];
    return one.timeline.map((point) => ({ ...point, slot: Math.round((point.atMs - effectAtMs) / step) }));
  });
  const [first] = rounds;
  if (samples.length === 0 || first === undefined) return null;
  const slots = [...new Set(samples.map((sample) => sample.slot))].sort((left, right) => left - right);
  const bySlot = new Map(slots.map((slot) => [slot, samples.filter((sample) => sample.slot === slot)]));
  const names = [...new Set(samples.map((sample) => sample.endpoint))].filter((name) => name !== everything);
  // Measured over all requests at once where the probe did so, else pooled from the endpoints.
  const overall = (slot: number) => {
    const at = bySlot.get(slot) ?? [];
    const whole = at.filter((sample) => sample.endpoint === everything);
    return whole.length > 0 ? whole : at;
  };
  const origin = first.effectAtMs ?? 0;
  return {
    moments: slots.map((slot) => ({
      atMs: slot * step,
      availability: availability(overall(slot)),
      p95Ms: weightedP95(overall(slot)),
    })),
    endpoints: names.map((endpoint) => ({
      endpoint,
      availability: slots.map((slot) =>
        availability((bySlot.get(slot) ?? []).filter((sample) => sample.endpoint === endpoint)),
      ),
    })),
    undoneMs: first.endAtMs === null ? null : first.endAtMs - origin,
    events: first.events.map((event) => ({ atMs: event.atMs - origin, text: event.text })),
    resolutionMs: step,
  };
}
