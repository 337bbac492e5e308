import type { Application } from './application.ts';
import { presetExperiment, type PresetProbes } from './preset-build.ts';
import type { Preset } from './preset-definition.ts';
import { presetLoad } from './preset-load.ts';
import { endsOfScale, manifestVariant } from './preset-variant.ts';

const probes = (chosen: Partial<PresetProbes>): PresetProbes => ({
  latency: { durationMs: 10_000 },
  resources: { idleMs: 1000 },
  ...chosen,
});
const warmUp = { minMs: 4000, maxMs: 8000, minRequests: 500 };
const capacity = {
  startJourneysPerSecond: 40,
  maxJourneysPerSecond: 1280,
  stepMs: 2000,
  precision: 0.15,
  objective: { p95Ms: 200, availability: 0.99 },
};

/** The tunable that sets how much work a request does: the first the manifest names. Throws when it has none. */
function workTunable(application: Application): { name: string; min: number; max: number; default: number } {
  const [first] = Object.entries(application.tunables);
  if (first === undefined) throw new Error(`application "${application.name}" declares no tunable amount of work`);
  return { name: first[0], ...first[1] };
}

/** The ends of the scale with this much work per request, named `monolith-light` and so on where `suffix` is given. */
function withWork(application: Application, work: number, suffix = '') {
  const { name } = workTunable(application);
  return endsOfScale(application).map((variant) => ({
    ...variant,
    name: `${variant.name}${suffix}`,
    settings: { ...variant.settings, tunables: { ...variant.settings.tunables, [name]: work } },
  }));
}

export const fineVersusCoarse = {
  name: 'fine-versus-coarse',
  title: 'Fine against coarse cut',
  question: 'Does cutting finer cost response time?',
  summary: 'The coarse and the fine cut into services under the same load, five blocks with a noise floor.',
  claim: {
    claim: 'A fine-grained cut answers 5.2 ms (14 %) later than a coarse one.',
    source: 'Zhao et al. 2025',
    published: { metric: 'response-p50', value: 1.14, text: "response time 1.14 x the coarse cut's (+5.2 ms)" },
    reasons: [
      'the published figure is a mean over a cluster of machines; here all units share one machine and its loopback network',
      'the share depends on how long a request works: the shorter its own work, the larger the cost of a call in it',
      'other calls: the number of calls between units per journey is in the call graph of this report',
    ],
  },
  build: (application, options) =>
    presetExperiment(
      fineVersusCoarse,
      application,
      [manifestVariant(application, 'macroservices'), manifestVariant(application, 'microservices')],
      { blocks: 5, noiseFloor: true, warmUp, probes: probes({ hops: { traceShare: 1, durationMs: 2000 } }) },
      options,
    ),
} satisfies Preset as Preset;

export const thinHandlers = {
  name: 'thin-handlers',
  title: 'Thin handlers',
  question: 'How much throughput does a cut cost when requests do little?',
  summary: 'The least work per request the application allows, and the highest rate each cut can serve.',
  claim: {
    claim: 'With thin Node handlers microservices serve up to 79 % less than the monolith.',
    source: 'Ueda et al. 2016 (Acme Air)',
    published: { metric: 'capacity-rate', value: 0.21, text: "throughput down to 0.21 x the monolith's" },
    reasons: [
      'the published figure is the worst of several configurations, with another Node version and other HTTP libraries',
      'the published monolith and microservices had unequal memory and databases; here both have the same budget',
      'the CPUs given to a deployment decide how much the extra calls cost',
    ],
  },
  build: (application, options) =>
    presetExperiment(
      thinHandlers,
      application,
      withWork(application, workTunable(application).min),
      { blocks: 5, noiseFloor: true, warmUp, probes: probes({ latency: { durationMs: 5000 }, capacity }) },
      options,
    ),
} satisfies Preset as Preset;

/** Work per request at the two ends of the crossover, as multiples of the manifest's default (kept within its range). */
const crossoverFactors = { light: 0.1, heavy: 20 };

export const crossover = {
  name: 'crossover',
  title: 'Crossover over work per request',
  question: 'Does the cost of a cut vanish when requests work longer?',
  summary: 'Both cuts, once with little and once with much work per request, in the same blocks.',
  claim: {
    claim: 'Monolith and microservices perform alike once business logic runs long.',
    source: 'Okroj & Jatkiewicz 2023',
    published: {
      metric: 'response-p50',
      value: 1,
      text: 'response times comparable with long-running logic, not with short',
    },
    reasons: [
      "where the lines cross depends on the work per call, which is an application's own",
      'long work queues on few CPUs: at a rate near the knee the queue, not the cut, sets the response time',
      "only one of the journeys' modules has a tunable amount of work",
    ],
  },
  build: (application, options) => {
    const work = workTunable(application);
    const at = (factor: number) => Math.min(work.max, Math.max(work.min, Math.round(work.default * factor)));
    return presetExperiment(
      crossover,
      application,
      [
        ...withWork(application, at(crossoverFactors.light), '-light'),
        ...withWork(application, at(crossoverFactors.heavy), '-heavy'),
      ],
      {
        blocks: 5,
        // The same rate for all, low enough for the heavy ones.
        load: { ...presetLoad, journeysPerSecond: 10 },
        warmUp: { ...warmUp, minRequests: 150 },
        declaredDifferences: [`tunables.${work.name}`],
        probes: probes({}),
      },
      options,
    );
  },
} satisfies Preset as Preset;

export const memoryThreefold = {
  name: 'memory-threefold',
  title: 'Memory three times over',
  question: 'How much more memory do many processes need?',
  summary: 'Resident memory of all units under the same load, five blocks with a noise floor.',
  claim: {
    claim: "Microservices hold about three times the monolith's memory (315 against 100 MB).",
    source: 'a Node and Express study of 2026 on one virtual CPU',
    published: { metric: 'memory-resident', value: 3.15, text: "resident memory 3.15 x the monolith's" },
    reasons: [
      'every unit carries its own Node runtime of some tens of MB, so the ratio follows the number of units',
      'containers count shared pages differently from processes',
      'a garbage collector under a smaller limit keeps a smaller heap',
    ],
  },
  build: (application, options) =>
    presetExperiment(
      memoryThreefold,
      application,
      endsOfScale(application),
      {
        blocks: 5,
        noiseFloor: true,
        warmUp,
        probes: probes({ latency: { durationMs: 8000 }, resources: { idleMs: 2000 } }),
      },
      options,
    ),
} satisfies Preset as Preset;
