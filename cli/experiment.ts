import { existsSync } from 'node:fs';
import type { Laboratory } from '../engine/deploy/index.ts';
import {
  differencesFromBaseline,
  experimentSchema,
  firstIssue,
  looksUpTo,
  nameSchema,
  presets,
  variantSchema,
  withinBudget,
  type Application,
  type Experiment,
  type RuntimeChoice,
  type Settings,
  type Topology,
} from '../engine/model/index.ts';
import { readExperimentOf, savedExperiments } from '../engine/storage/index.ts';
import { applicationFrom, savedCuts, topologiesFrom } from './options.ts';

/** What a command line says about the experiment; what it leaves out is taken from the preset or the file. */
export interface ExperimentOptions {
  app: string;
  preset: string;
  experiment?: string;
  variants?: string;
  runtime?: RuntimeChoice;
  /** Of every variant. */
  store?: Settings['store'];
  rate?: number;
  blocks?: number;
  /** ms. */
  budget?: number;
  seed?: number;
  aa?: boolean;
}

/** The experiment that a command line asks for, and what of it a budget has no time for, by its name. Throws one sentence naming the field. */
export async function experimentFrom(
  options: ExperimentOptions,
  laboratory: Laboratory,
): Promise<{ experiment: Experiment; leftOut: string[] }> {
  const { base, application } = await baseOf(options, laboratory);
  const variants =
    options.variants === undefined
      ? base.variants
      : variantsFrom(options.variants, base, application, await savedCuts(laboratory, application));
  const changed: Experiment = {
    ...base,
    variants: variants.map(({ settings, ...variant }) => ({
      ...variant,
      settings: { ...settings, store: options.store ?? settings.store },
    })),
    declaredDifferences: declaredWith(options, base, variants),
    runtime: options.runtime ?? base.runtime,
    seed: options.seed ?? base.seed,
    ...planOf(options, base),
    load: { ...base.load, journeysPerSecond: options.rate ?? base.load.journeysPerSecond },
  };
  const parsed = experimentSchema.safeParse(
    options.aa === true
      ? { ...changed, title: `${changed.title} (A/A)`, variants: changed.variants.slice(0, 1), noiseFloor: true }
      : changed,
  );
  if (!parsed.success) throw new Error(`the command line: ${firstIssue(parsed.error)}`);
  // What a person wrote down is measured whole.
  return options.experiment === undefined && options.budget !== undefined
    ? withinBudget(parsed.data)
    : { experiment: parsed.data, leftOut: [] };
}

/** Who writes down in which language a module runs has said that this difference is wanted. */
function declaredWith(
  options: ExperimentOptions,
  { declaredDifferences: declared }: Experiment,
  variants: Experiment['variants'],
): string[] {
  const written = options.variants !== undefined && differencesFromBaseline({ variants }).includes('language');
  return written && !declared.includes('language') ? [...declared, 'language'] : declared;
}

/** The most blocks that a budget is worth: later ones add little to what twelve deployments tell. */
const blocksInBudget = 12;

/** How long it is measured. A fixed number of blocks is judged once, at its end; a budget is for a plan of looks, the experiment's own or a look after every block. */
function planOf(
  { blocks, budget }: ExperimentOptions,
  base: Experiment,
): Pick<Experiment, 'blocks' | 'looks' | 'budgetMs'> {
  if (blocks !== undefined) return { blocks, looks: null, budgetMs: null };
  if (budget === undefined) return { blocks: base.blocks, looks: base.looks, budgetMs: base.budgetMs };
  if (base.looks !== null) return { blocks: base.blocks, looks: base.looks, budgetMs: budget };
  return { blocks: blocksInBudget, looks: looksUpTo(blocksInBudget), budgetMs: budget };
}

/** An experiment from a file, or one that the window saved, by its name. A file of that name comes first. */
async function experimentNamed(text: string, { dataDirectory }: Laboratory): Promise<Experiment> {
  if (!nameSchema.safeParse(text).success || existsSync(text)) return readExperimentOf(text);
  const saved = savedExperiments(dataDirectory);
  const known = (await saved.list()).map((one) => one.name);
  if (known.includes(text)) return saved.get(text);
  throw new Error(
    `--experiment: there is no file and no saved experiment named "${text}"${known.length === 0 ? '' : `; saved: ${known.join(', ')}`}`,
  );
}

async function baseOf(
  options: ExperimentOptions,
  laboratory: Laboratory,
): Promise<{ base: Experiment; application: Application }> {
  if (options.experiment !== undefined) {
    const base = await experimentNamed(options.experiment, laboratory);
    return { base, application: await applicationFrom(laboratory, base.application) };
  }
  const preset = Object.hasOwn(presets, options.preset) ? presets[options.preset as keyof typeof presets] : undefined;
  if (preset === undefined)
    throw new Error(`unknown preset "${options.preset}"; allowed: ${Object.keys(presets).join(', ')}`);
  const application = await applicationFrom(laboratory, options.app);
  return { base: preset.build(application), application };
}

function variantsFrom(
  list: string,
  base: Experiment,
  application: Application,
  saved: readonly Topology[],
): Experiment['variants'] {
  const [first] = base.variants;
  return topologiesFrom(list, application, saved).map((topology) => {
    return variantSchema.parse({ name: topology.name, topology, settings: first?.settings });
  });
}
