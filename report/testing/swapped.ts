import { computeFindings } from '../../engine/evaluation/index.ts';
import {
  languageOf,
  otherLanguages,
  questionsOf,
  resultSchema,
  unitOf,
  withLanguage,
  type AnswersMeasurement,
  type DrawnExample,
  type Language,
  type Result,
  type Round,
} from '../../engine/model/index.ts';
import { makeResult, type ResultOptions } from './result.ts';

const module = 'recommendations';
const examples: DrawnExample[] = [
  {
    ...{ title: 'What goes with a product', operation: 'recommend' },
    draw: { product: { kind: 'integer', min: 1, max: 60 } },
    input: { productIds: ['p-${product}'] },
  },
];

/** CPU and memory of the unit and its image beside those in TypeScript, as shares. */
const invented: Record<Language, { cpu: number; memory: number; image: number; start: number }> = {
  typescript: { cpu: 1, memory: 1, image: 1, start: 1 },
  go: { cpu: 0.4, memory: 0.2, image: 0.1, start: 0.3 },
  python: { cpu: 6, memory: 0.6, image: 0.9, start: 1.1 },
};

export interface SwappedOptions extends ResultOptions {
  /** Questions, from 0, that Python answers otherwise. */
  other?: readonly number[];
  /** Questions, from 0, that Go does not answer. */
  silent?: readonly number[];
  questions?: number;
}

function answersIn(
  language: Language,
  { questions = 1000, other = [], silent = [] }: SwappedOptions,
): AnswersMeasurement {
  const isSilent = (index: number): boolean => language === 'go' && silent.includes(index);
  const isOther = (index: number): boolean => language === 'python' && other.includes(index);
  const all = Array.from({ length: questions }, (_, index) => index);
  return {
    ...{ module, unit: module, language, seed: 99, examples },
    ...{ good: questions - all.filter(isSilent).length, refused: 0, notAnswered: all.filter(isSilent).length },
    digests: all.map((index) =>
      isSilent(index)
        ? null
        : ((index * 2654435761 + (isOther(index) ? 1 : 0)) % 2 ** 32).toString(16).padStart(8, '0'),
    ),
    told: all.slice(0, 100).map((index) => `200 {"productIds":["p-${index + 1}${isOther(index) ? '","p-1' : ''}"]}`),
    medianMs: { typescript: 2, go: 1.5, python: 5 }[language],
    contract: { requests: 8, notAsked: null, differences: [] },
  };
}

/** A result in which one module is in three languages, in the finest cut. */
export function swappedResult(options: SwappedOptions = {}): Result {
  const made = makeResult({
    ...{ variants: ['microservices'], blocks: 3, requests: 600, everything: false },
    faults: [{ kind: 'crash', module }],
    ...options,
  });
  const [before] = made.experiment.variants;
  if (before === undefined) throw new Error('no variant');
  const all: Language[] = ['typescript', ...otherLanguages];
  const variants = all.map((language) => ({
    ...before,
    ...{ name: language, title: `Recommendations in ${language}` },
    topology: withLanguage(before.topology, module, language),
  }));
  const unit = unitOf(before.topology, module).name;
  const inLanguage = (round: Round, language: Language): Round => {
    const copy = structuredClone(round);
    const { cpu, memory, image, start } = invented[language];
    const drift = 1 + 0.02 * ((round.block * 3 + all.indexOf(language)) % 4);
    for (const one of copy.resources?.units ?? [])
      if (one.unit === unit) {
        one.cpuSeconds = (one.cpuSeconds ?? 0) * cpu * drift;
        one.memoryBytes = (one.memoryBytes ?? 0) * memory * drift;
      }
    for (const one of copy.deployment?.units ?? [])
      if (one.unit === unit) {
        one.imageBytes *= image;
        one.readyMs = one.createStartMs + (one.readyMs - one.createStartMs) * start * drift;
      }
    return {
      ...copy,
      ...{ id: `${round.id}-${language}`, variant: language, position: all.indexOf(language) },
      answers: answersIn(language, options),
      structure: {
        modules: Object.keys(made.application.modules).map((name) => ({
          ...{ module: name, files: 2, lines: 100, operations: null },
        })),
        units: before.topology.units.map(({ name, modules }) => ({
          ...{ unit: name, modules, bundleBytes: 1000, packages: [] },
        })),
        ...{ changes: null, changesReason: null },
      },
    };
  };
  const swapped = {
    ...made,
    experiment: {
      ...made.experiment,
      ...{ variants, declaredDifferences: ['language'] },
      probes: {
        ...made.experiment.probes,
        answers: { ...questionsOf(module), questions: options.questions ?? 1000 },
        structure: { changes: false },
      },
    },
    rounds: made.rounds.flatMap((round) =>
      variants.map(({ topology }) => inLanguage(round, languageOf(unitOf(topology, module)))),
    ),
    order: made.order.map(() => variants.map(({ name }) => name)),
  };
  return resultSchema.parse({ ...swapped, findings: computeFindings(swapped) });
}
