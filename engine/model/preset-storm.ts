import { faultTargets, manifestVariant, presetExperiment, presetLoad } from './preset-build.ts';
import type { Preset } from './preset-definition.ts';
import { resilienceSchema, settingsSchema, type Resilience } from './variant.ts';

const deadlineMs = 300;
const retries = { count: 3, backoffMs: 0, jitter: 0, budget: null };
const budget = { ...retries, backoffMs: 20, jitter: 1, budget: 0.1 };
const circuitBreaker = { failureShare: 0.5, windowMs: 2000, minimumCallsPerSecond: 2, openMs: 1000 };

/** Enough work in one module that the spike, or the repetitions of a normal load, are more than it can do. */
const workFactor = 40;

const policies: Record<string, Partial<Resilience>> = {
  retries: { retries },
  budget: { retries: budget },
  breaker: { retries, circuitBreaker },
  both: { retries: budget, circuitBreaker },
};

export const retryStorm = {
  name: 'retry-storm',
  title: 'Retry storm',
  question: 'Does the application come back after a spike and a slow dependency, or do its own retries keep it down?',
  summary:
    'One cut, four policies: retries alone, with a retry budget, with a circuit breaker, with both. Three times the load for a while, on top of a slow dependency.',
  build: (application, options) => {
    const [work] = Object.entries(application.tunables);
    const tunables =
      work === undefined
        ? {}
        : { [work[0]]: Math.min(work[1].max, Math.max(work[1].min, work[1].default * workFactor)) };
    const topology =
      'microservices' in application.topologies ? 'microservices' : (Object.keys(application.topologies).at(-1) ?? '');
    const variants = Object.entries(policies).map(([name, policy]) =>
      manifestVariant(application, topology, {
        name,
        settings: {
          ...settingsSchema.parse({}),
          tunables,
          resilience: resilienceSchema.parse({ deadlineMs, ...policy }),
        },
      }),
    );
    return presetExperiment(
      retryStorm,
      application,
      variants,
      {
        blocks: 3,
        declaredDifferences: ['resilience'],
        // Half of what the other presets use: the work is heavy, and a storm needs a steady beginning.
        load: { ...presetLoad, journeysPerSecond: presetLoad.journeysPerSecond / 2 },
        warmUp: { minMs: 4000, maxMs: 12_000, minRequests: 300 },
        probes: {
          latency: { durationMs: 4000 },
          resources: null,
          isolation: null,
          capacity: null,
          hops: null,
          consistency: null,
          storm: {
            fault: { kind: 'slow', module: faultTargets(application).optional, delayMs: 400 },
            spikeFactor: 3,
            baselineMs: 3000,
            spikeMs: 5000,
            recoveryMs: 12_000,
          },
        },
      },
      options,
    );
  },
} satisfies Preset as Preset;
