import { presetExperiment } from './preset-build.ts';
import type { Preset } from './preset-definition.ts';
import { basicFaults, faultTargets } from './preset-faults.ts';
import { endsOfScale, manifestVariant } from './preset-variant.ts';

/** The same in every preset, so that what is said of a fault does not depend on the preset. */
const faultMs = 2500;

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
  question: 'Roughly, what does the cut cost and what does it buy?',
  summary: 'Three blocks of two variants with three faults: a first look that can decide only large differences.',
  build: (application, options) =>
    presetExperiment(
      quick,
      application,
      endsOfScale(application),
      {
        blocks: 3,
        warmUp: { minMs: 3000, maxMs: 4000, minRequests: 300 },
        probes: {
          latency: { durationMs: 8000 },
          resources: { idleMs: 1000 },
          isolation: {
            faults: basicFaults(application),
            baselineMs: 4000,
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
    'Five blocks, the baseline twice in each to learn the noise floor, with a second rate, capacity, call paths and three faults.',
  build: (application, options) =>
    presetExperiment(
      standard,
      application,
      endsOfScale(application),
      {
        blocks: 5,
        noiseFloor: true,
        warmUp: { minMs: 2000, maxMs: 2500, minRequests: 200 },
        probes: {
          latency: { durationMs: 5000, higher: { factor: 2, durationMs: 2500 } },
          resources: { idleMs: 500 },
          isolation: {
            faults: basicFaults(application),
            baselineMs: 3000,
            faultMs,
            recoveryMs: 9000,
            control: false,
          },
          capacity: { startJourneysPerSecond: 80, maxJourneysPerSecond: 640, stepMs: 1300, precision: 0.25, objective },
          hops: { traceShare: 1, durationMs: 1000 },
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
    'Ten blocks, the baseline twice in each, long windows, the books checked after the faults. Takes more than an hour.',
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
