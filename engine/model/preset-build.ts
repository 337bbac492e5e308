import { endpointWeights, type Application } from './application.ts';
import { experimentSchema, type Experiment } from './experiment.ts';
import type { Fault } from './fault.ts';
import { own } from './own.ts';
import { namedTopology } from './topology.ts';
import { settingsSchema, type Settings, type Variant } from './variant.ts';

export interface BuildOptions {
  /** Instead of the preset's own; the first is the baseline. */
  variants?: Variant[];
  /** Fields to replace, whole. */
  overrides?: Partial<Omit<Experiment, 'schema' | 'version' | 'application' | 'variants' | 'preset'>>;
}

/** What a preset fixes; everything else has the same value in all of them. */
export type PresetParts = Pick<Experiment, 'blocks' | 'warmUp' | 'probes'> &
  Partial<Pick<Experiment, 'noiseFloor' | 'maxRepeats' | 'declaredDifferences' | 'load'>>;

export const presetLoad: Experiment['load'] = {
  journeysPerSecond: 30,
  arrivals: 'poisson',
  deadlineMs: 1000,
  maxConnections: 256,
};

/** The experiment that a preset makes of an application; throws when the two do not fit. */
export function presetExperiment(
  identity: { name: string; title: string },
  application: Application,
  variants: Variant[],
  parts: PresetParts,
  options: BuildOptions = {},
): Experiment {
  return experimentSchema.parse({
    schema: 'cleave/experiment',
    version: 2,
    name: identity.name,
    title: `${application.title}: ${identity.title}`,
    preset: identity.name,
    application: application.name,
    runtime: 'auto',
    load: presetLoad,
    resources: { cpus: null, memoryBytes: null },
    seed: 20_260_101,
    ...parts,
    ...options.overrides,
    variants: options.variants ?? variants,
  });
}

/** A variant that is a topology of the manifest with default settings. Throws when the manifest has none of that name. */
export function manifestVariant(
  application: Application,
  topology: string,
  change: { name?: string; settings?: Partial<Settings> } = {},
): Variant {
  const cut = namedTopology(application, topology);
  if (cut === undefined) {
    const allowed = Object.keys(application.topologies).join(', ');
    throw new Error(`application "${application.name}" has no topology "${topology}"; it has: ${allowed}`);
  }
  return {
    name: change.name ?? topology,
    topology: cut,
    settings: { ...settingsSchema.parse({}), ...change.settings },
  };
}

/** The two ends of the scale: the manifest's `monolith` and `microservices`, or its first and last topology. */
export function endsOfScale(application: Application): Variant[] {
  const names = Object.keys(application.topologies);
  const pick = (wanted: string, other: string | undefined) => (names.includes(wanted) ? wanted : (other ?? wanted));
  const ends = new Set([pick('monolith', names[0]), pick('microservices', names.at(-1))]);
  return [...ends].map((name) => manifestVariant(application, name));
}

/** Where faults teach the most. */
export interface FaultTargets {
  entry: string;
  /** The module with the most traffic that can do without it. */
  optional: string;
  /** The module without which the smallest part of the traffic fails. */
  required: string;
}

/** Chooses the modules to break from the declared map, by traffic; ties go to the one declared first. Falls back on the entry in an application without others. */
export function faultTargets(application: Application): FaultTargets {
  const weights = endpointWeights(application);
  const traffic = (module: string, need?: 'required' | 'optional') =>
    Object.entries(application.endpoints).reduce((sum, [name, { needs }]) => {
      const declared = own(needs, module);
      return declared === undefined || (need !== undefined && declared !== need)
        ? sum
        : sum + (own(weights, name) ?? 0);
    }, 0);
  const modules = Object.keys(application.modules).filter((name) => name !== application.entry);
  const best = (candidates: string[], rank: (module: string) => number) =>
    candidates.reduce<string | undefined>(
      (held, next) => (held === undefined || rank(next) > rank(held) ? next : held),
      undefined,
    );
  const optional = best(
    modules.filter((module) => traffic(module, 'optional') > 0),
    (module) => traffic(module, 'optional'),
  );
  const required = best(
    modules.filter((module) => module !== optional && traffic(module, 'required') > 0),
    (module) => -traffic(module),
  );
  const fallback = modules[0] ?? application.entry;
  return {
    entry: application.entry,
    optional: optional ?? required ?? fallback,
    required: required ?? optional ?? fallback,
  };
}

/** The three faults every comparison begins with: a crash that heals itself, a hang, and 200 ms more. */
export function basicFaults(application: Application): Fault[] {
  const { optional, required } = faultTargets(application);
  return [
    { kind: 'crash', module: optional },
    { kind: 'hang', module: required },
    { kind: 'slow', module: optional, delayMs: 200 },
  ];
}
