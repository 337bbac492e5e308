import type { Application } from './application.ts';
import type { Experiment } from './experiment.ts';
import type { MetricName } from './metric.ts';
import type { BuildOptions } from './preset-build.ts';
import { faults, quick, smoke, standard, thorough } from './preset-general.ts';
import { crossover, fineVersusCoarse, memoryThreefold, thinHandlers } from './preset-published.ts';
import { retryStorm } from './preset-storm.ts';

/** What somebody published, to hold this machine's numbers against. */
export interface PublishedClaim {
  claim: string;
  source: string;
  /** The published ratio of the second variant to the first. */
  published: { metric: MetricName; value: number; text: string };
  /** Why the measured number may differ, without either being wrong. */
  reasons: string[];
}

/** A named experiment. */
export interface Preset {
  name: string;
  title: string;
  /** What it answers, in the words of the person who asks. */
  question: string;
  summary: string;
  /** Set when the preset repeats a published comparison. */
  claim?: PublishedClaim;
  /** The experiment for this application. Throws one sentence when the application lacks what it needs (a topology, a tunable). */
  build: (application: Application, options?: BuildOptions) => Experiment;
}

/** Every preset, in the order in which they are offered. */
export const presets = {
  smoke,
  quick,
  standard,
  thorough,
  faults,
  'retry-storm': retryStorm,
  'fine-versus-coarse': fineVersusCoarse,
  'thin-handlers': thinHandlers,
  crossover,
  'memory-threefold': memoryThreefold,
} satisfies Record<string, Preset>;
export type PresetName = keyof typeof presets;

/** The preset of that name. Throws when there is none, naming those there are. */
export function presetOf(name: string): Preset {
  const preset = new Map<string, Preset>(Object.entries(presets)).get(name);
  if (preset === undefined) throw new Error(`unknown preset "${name}"; allowed: ${Object.keys(presets).join(', ')}`);
  return preset;
}
