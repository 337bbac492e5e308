import { looksUpTo } from './look.ts';
import { presetExperiment } from './preset-build.ts';
import type { Preset } from './preset-definition.ts';
import { basicFaults, faultTargets } from './preset-faults.ts';
import { endsOfScale, manifestVariant } from './preset-variant.ts';

/** The same in every preset, so that what is said of a fault does not depend on the preset. */
const faultMs = 2500;

/** Later blocks add little to what twelve deployments tell. */
const mostBlocks = 12;

/** Shorter than the time in which the machine's speed changes (seen: spread of ln p50 0.09 within 3 s, 0.16 over 10 to 20 s), long enough for some hundred requests. */
const windows = { lengthMs: 2000, leadInMs: 500, leadInRequests: 40 };

/** A look at the programs once a run, with no load: what of the changes is said of it costs nothing more worth sparing. */
const structure = { changes: true };

const objective = { p95Ms: 100, availability: 0.99 };

export const smoke = {
  name: 'smoke',
  title: 'Smoke test',
  question: 'Does everything work on this machine?',
  summary: 'One block of two variants with two faults. Decides nothing: one block cannot.',
  build: (application, options) =>
    presetExperiment(
      smoke,
      application,
      endsOfScale(application),
      {
        blocks: 1,
        maxRepeats: 0,
        warmUp: { minMs: 2000, maxMs: 2000, minRequests: 0 },
        probes: {
          latency: { durationMs: 3000 },
          resources: { idleMs: 500 },
          isolation: {
            faults: basicFaults(application).slice(0, 2),
            baselineMs: 1500,
            faultMs,
            recoveryMs: 9000,
            control: false,
          },
        },
      },
      options,
    ),
} satisfies Preset as Preset;

export const quick = {
  name: 'quick',
  title: 'Quick comparison',
  question: 'What does the cut cost, and what does it buy when something breaks?',
  summary:
    'Deployment, response times, CPU, memory and one crash. Ends as soon as everything is decided, after three deployments of each at the earliest and five minutes at the latest.',
  build: (application, options) =>
    presetExperiment(
      quick,
      application,
      endsOfScale(application),
      {
        blocks: mostBlocks,
        looks: looksUpTo(mostBlocks),
        budgetMs: 300_000,
        warmUp: { minMs: 1500, maxMs: 2500, minRequests: 150 },
        probes: {
          // Three shorter windows find a ratio of 1.5 in three blocks nearly as often as four (simulated, docs/measuring.md), in half of the time.
          latency: { durationMs: 4500, windows: { ...windows, lengthMs: 1500 } },
          resources: { idleMs: 0 },
          isolation: {
            faults: basicFaults(application).slice(0, 1),
            baselineMs: 2000,
            faultMs,
            recoveryMs: 9000,
            control: false,
          },
        },
      },
      options,
    ),
} satisfies Preset as Preset;

export const standard = {
  name: 'standard',
  title: 'Standard comparison',
  question: 'Which differences between the two cuts are real, and how large are they?',
  summary:
    'The baseline twice in each block to learn the noise floor, a second rate, idle use and three faults. Ends as soon as everything is decided, after eight minutes at the latest.',
  build: (application, options) =>
    presetExperiment(
      standard,
      application,
      endsOfScale(application),
      {
        blocks: mostBlocks,
        looks: looksUpTo(mostBlocks),
        budgetMs: 480_000,
        noiseFloor: true,
        warmUp: { minMs: 1500, maxMs: 2500, minRequests: 150 },
        probes: {
          latency: { durationMs: 8000, windows, higher: { factor: 2, durationMs: 2500 } },
          resources: { idleMs: 500 },
          isolation: {
            faults: basicFaults(application),
            baselineMs: 3000,
            faultMs,
            recoveryMs: 9000,
            control: false,
          },
          structure,
        },
      },
      options,
    ),
} satisfies Preset as Preset;

export const limits = {
  name: 'limits',
  title: 'Limits and calls',
  question: 'How much load does each cut carry, and where does the time of a request go?',
  summary:
    'Three blocks of two variants: the highest rate that meets the objective, and the calls between modules with what each costs.',
  build: (application, options) =>
    presetExperiment(
      limits,
      application,
      endsOfScale(application),
      {
        blocks: 3,
        warmUp: { minMs: 2000, maxMs: 2500, minRequests: 200 },
        probes: {
          latency: { durationMs: 4000 },
          capacity: { startJourneysPerSecond: 80, maxJourneysPerSecond: 640, stepMs: 1300, precision: 0.25, objective },
          hops: { traceShare: 1, durationMs: 2000 },
          structure,
        },
      },
      options,
    ),
} satisfies Preset as Preset;

export const thorough = {
  name: 'thorough',
  title: 'Thorough comparison',
  question: 'What can be said about the two cuts that would hold up in a review?',
  summary:
    'Ten blocks, the baseline twice in each, long windows, the books checked after the faults. Takes about an hour.',
  build: (application, options) =>
    presetExperiment(
      thorough,
      application,
      endsOfScale(application),
      {
        blocks: 10,
        noiseFloor: true,
        maxRepeats: 2,
        warmUp: { minMs: 8000, maxMs: 20_000, minRequests: 1000 },
        probes: {
          latency: { durationMs: 30_000 },
          resources: { idleMs: 4000 },
          isolation: {
            faults: basicFaults(application),
            baselineMs: 5000,
            faultMs,
            recoveryMs: 10_000,
            control: true,
          },
          capacity: { startJourneysPerSecond: 40, maxJourneysPerSecond: 1280, stepMs: 4000, precision: 0.1, objective },
          hops: { traceShare: 0.5, durationMs: 5000 },
          structure,
          consistency: { settleMs: 10_000 },
        },
      },
      options,
    ),
} satisfies Preset as Preset;

export const faults = {
  name: 'faults',
  title: 'What breaks what',
  question: 'When one module fails, who else does?',
  summary:
    'Three cuts, eight faults each, three blocks: the blast radius of every fault in every shape, side by side, and whether the books still add up.',
  build: (application, options) => {
    const { entry, optional, required } = faultTargets(application);
    const names = ['monolith', 'macroservices', 'microservices'].filter((name) =>
      Object.hasOwn(application.topologies, name),
    );
    const variants =
      names.length === 3 ? names.map((name) => manifestVariant(application, name)) : endsOfScale(application);
    return presetExperiment(
      faults,
      application,
      variants,
      {
        blocks: 3,
        warmUp: { minMs: 2000, maxMs: 3000, minRequests: 200 },
        probes: {
          latency: { durationMs: 3000 },
          isolation: {
            faults: [
              ...basicFaults(application),
              { kind: 'crash-stays-down', module: optional },
              { kind: 'provider-outage', module: required },
              { kind: 'event-loop-block', module: optional },
              { kind: 'freeze', module: required },
              { kind: 'partition', module: entry, peer: optional },
            ],
            baselineMs: 4000,
            faultMs,
            recoveryMs: 9000,
            control: false,
          },
          consistency: { settleMs: 5000 },
        },
      },
      options,
    );
  },
} satisfies Preset as Preset;
