import type { Experiment } from './experiment.ts';
import { faultLabel } from './fault-label.ts';

/** What a round measures, cut where it can be measured again alone: a probe, or one fault of the isolation probe. */
export type Part =
  | 'deployment'
  | 'latency'
  | 'higher'
  | 'storm'
  | 'consistency'
  | 'capacity'
  | 'hops'
  | `isolation: ${string}`;

/** The part that is the fault of this label. */
export const faultPart = (label: string): Part => `isolation: ${label}`;

/** Whether a round that measures `only` these parts (null: all) measures this one. */
export const measures = (only: readonly string[] | null, part: Part): boolean => only === null || only.includes(part);

/** The experiment with nothing but these parts (null: all of it) in its probes. Response times stand in every experiment; whether they are measured is asked with `measures`. */
export function restrictTo(experiment: Experiment, only: readonly string[] | null): Experiment {
  if (only === null) return experiment;
  const { probes } = experiment;
  const { isolation, latency } = probes;
  const faults = isolation?.faults.filter((fault) => measures(only, faultPart(faultLabel(fault)))) ?? [];
  const kept = <T>(part: Part, probe: T | null | undefined): T | null =>
    measures(only, part) ? (probe ?? null) : null;
  return {
    ...experiment,
    probes: {
      ...probes,
      latency: { ...latency, higher: kept('higher', latency.higher) },
      resources: kept('latency', probes.resources),
      isolation: isolation === null || faults.length === 0 ? null : { ...isolation, control: false, faults },
      storm: kept('storm', probes.storm),
      consistency: kept('consistency', probes.consistency),
      capacity: kept('capacity', probes.capacity),
      hops: kept('hops', probes.hops),
    },
  };
}

/** What a round measures, for people; null: all of it. */
export function partsInWords(only: readonly string[] | null): string {
  if (only === null) return 'everything';
  return only
    .map((part) => {
      if (part === 'latency') return 'response times';
      if (part === 'higher') return 'response times at the higher rate';
      if (part === 'storm') return 'the storm';
      return part.replace('isolation: ', '');
    })
    .join(', ');
}
