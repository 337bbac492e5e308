import type { Application } from './application.ts';
import { experimentSchema, type Experiment } from './experiment.ts';
import { presetLoad } from './preset-load.ts';
import { settingsShape } from './probe/compose.ts';
import type { Variant } from './variant.ts';

export interface BuildOptions {
  /** Instead of the preset's own; the first is the baseline. */
  variants?: Variant[];
  /** Fields to replace, whole. */
  overrides?: Partial<Omit<Experiment, 'schema' | 'version' | 'application' | 'variants' | 'preset'>>;
}

/** What a preset asks of probes; of all others nothing is asked. */
export type PresetProbes = Pick<Experiment['probes'], 'latency'> & Partial<Experiment['probes']>;

/** What a preset fixes; everything else has the same value in all of them. */
export type PresetParts = { probes: PresetProbes } & Pick<Experiment, 'blocks' | 'warmUp'> &
  Partial<Pick<Experiment, 'noiseFloor' | 'looks' | 'budgetMs' | 'maxRepeats' | 'declaredDifferences' | 'load'>>;

// Files of before lack some; those may be left out of files of today too.
const nothingAsked = Object.fromEntries(
  Object.entries(settingsShape).flatMap(([key, settings]) =>
    settings.safeParse(undefined).success ? [] : [[key, null]],
  ),
);

/** The experiment that a preset makes of an application; throws when the two do not fit. */
export function presetExperiment(
  identity: { name: string; title: string },
  application: Application,
  variants: Variant[],
  { probes, ...parts }: PresetParts,
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
    probes: { ...nothingAsked, ...probes },
    // A number of blocks that somebody asks for is judged once, at its end.
    ...(options.overrides?.blocks === undefined ? {} : { looks: null, budgetMs: null }),
    ...options.overrides,
    variants: options.variants ?? variants,
  });
}
