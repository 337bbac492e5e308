import type { Experiment } from './experiment.ts';
import { own } from './own.ts';
import { askedFor, probeDescriptions, type Part, type ProbeKey } from './probe/compose.ts';
import type { NotDone } from './probe/description.ts';
import type { Round } from './result.ts';

export type { Part } from './probe/compose.ts';

/** Whether a round that measures `only` these parts (null: all) measures this one. */
export const measures = (only: readonly string[] | null, part: Part): boolean => asks(only, part);

const asks = (only: readonly string[] | null, part: string): boolean => only === null || only.includes(part);

/** The probe that a part is of. Throws when there is none. */
export function probeOfPart(part: Part): ProbeKey {
  const found = probeDescriptions.find(([key, { parts }]) => part.startsWith(`${key}: `) || Object.hasOwn(parts, part));
  if (found === undefined) throw new Error(`unknown part "${part}"`);
  return found[0];
}

/** The experiment with nothing but these parts (null: all of it) in its probes. Response times stand in every experiment; whether they are measured is asked with `measures`. */
export function restrictTo(experiment: Experiment, only: readonly string[] | null): Experiment {
  if (only === null) return experiment;
  const kept = (part: string) => asks(only, part);
  const probes = askedFor(experiment.probes).map(({ key, probe, settings }): [string, unknown] => {
    if (probe.restrict !== undefined) return [key, probe.restrict(settings, kept)];
    return [key, Object.keys(probe.parts).some(kept) ? settings : null];
  });
  return { ...experiment, probes: { ...experiment.probes, ...(Object.fromEntries(probes) as Experiment['probes']) } };
}

/**
 * What the second copy of the baseline measures; null: everything. Beside other variants it is spared what breaks a deployment on purpose and what is measured after that: how much two
 * deployments differ is seen without, and faults are most of the time of a block. Where the copy is all that the baseline is compared with it measures everything.
 */
export function replicaParts({ variants, probes }: Experiment): Part[] | null {
  const broken = askedFor(probes).some(({ probe }) => probe.breaking === 'breaks');
  if (variants.length === 1 || !broken) return null;
  return probeDescriptions.flatMap(([, { parts, breaking }]) =>
    breaking === undefined ? (Object.keys(parts) as Part[]) : [],
  );
}

/** The parts of an experiment that a load of their own is run for, and that can be spoilt alone. */
export function loadedParts({ probes }: Experiment): Part[] {
  return askedFor(probes).flatMap(({ probe, settings }) => (probe.loadedParts?.(settings) ?? []) as Part[]);
}

/** What a round set out to do of these parts (null: all) and did not. */
export function notDone(round: Round, only: readonly string[] | null): NotDone[] {
  return probeDescriptions.flatMap(([, probe]) => probe.notDone?.(round, (part) => asks(only, part)) ?? []);
}

/** What a round measures, for people; null: all of it. */
export function partsInWords(only: readonly string[] | null): string {
  if (only === null) return 'everything';
  const words = Object.assign({}, ...probeDescriptions.map(([, { parts }]) => parts)) as Record<string, string>;
  return only.map((part) => own(words, part) ?? part.replace(/^\w+: /, '')).join(', ');
}
