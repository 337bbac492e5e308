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

/** The story of a fault on one variant; null where no time line was kept. */
export const storyOf = remember((view: FaultView): FaultStory | null => {
  const resolutionMs = Math.max(1, view.measurements[0]?.resolutionMs ?? 1000);
  const samples: Sample[] = view.measurements.flatMap((one) => {
    const { effectAtMs } = one;
    if (effectAtMs === null) return [];
    return one.timeline.map((point) => ({ ...point, slot: Math.round((point.atMs - effectAtMs) / resolutionMs) }));
  });
  if (samples.length === 0) return null;
  const slots = [...new Set(samples.map((sample) => sample.slot))].sort((left, right) => left - right);
  const bySlot = new Map(slots.map((slot) => [slot, samples.filter((sample) => sample.slot === slot)]));
  const names = [...new Set(samples.map((sample) => sample.endpoint))].filter((name) => name !== everything);
  // Measured over all requests at once where the probe did so, else pooled from the endpoints.
  const overall = (slot: number) => {
    const at = bySlot.get(slot) ?? [];
    const whole = at.filter((sample) => sample.endpoint === everything);
    return whole.length > 0 ? whole : at;
  };
  const [first] = view.measurements;
  const origin = first?.effectAtMs ?? 0;
  return {
    moments: slots.map((slot) => ({
      atMs: slot * resolutionMs,
      availability: availability(overall(slot)),
      p95Ms: weightedP95(overall(slot)),
    })),
    endpoints: names.map((endpoint) => ({
      endpoint,
      availability: slots.map((slot) =>
        availability((bySlot.get(slot) ?? []).filter((sample) => sample.endpoint === endpoint)),
      ),
    })),
    undoneMs: first?.undoneAtMs === null || first === undefined ? null : first.undoneAtMs - origin,
    events: first?.events.map((event) => ({ atMs: event.atMs - origin, text: event.text })) ?? [],
    resolutionMs,
  };
});
